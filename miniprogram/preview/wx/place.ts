import { allAsynchronous, type Context } from './api'
import { needPermission } from './permissions'
import { requirePrivacy } from './privacy'

export function createPlace({ session, calls }: Context): object {
  return allAsynchronous(calls, {
    async getLocation() {
      await requirePrivacy('getLocation')
      await needPermission('scope.userLocation')
      const { place } = session
      if (!place) throw new Error('system permission denied')
      const accuracy = place.accuracy ?? 20
      return { latitude: place.latitude, longitude: place.longitude, accuracy, horizontalAccuracy: accuracy, verticalAccuracy: 0, altitude: 0, speed: 0 }
    },
  })
}
