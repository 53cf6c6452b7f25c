import { ApiError } from '../../services/api-error'
import { getRegion, type Region } from '../../services/contract/region'
import { hasRole, me, regionsOfRole, type Person } from '../../services/me'

const deskRoles = ['secretary', 'street_officer', 'district_officer', 'city_officer', 'admin']
const storageKey = 'desk-region'

export const hasDesk = (person: Person): boolean => hasRole(person, ...deskRoles)

/** The regions that a person works for at the desk: communities as their secretary, more as an officer. */
export async function deskPlaces(): Promise<Region[]> {
  const person = await me()
  const ids = [...new Set(regionsOfRole(person, ...deskRoles))]
  return Promise.all(ids.map((id) => getRegion(id)))
}

/** The one of them that is being worked for: as last chosen on this phone. Rejects for who has no desk. */
export async function deskPlace(): Promise<Region> {
  const places = await deskPlaces()
  const chosen = wx.getStorageSync<string>(storageKey)
  const place = places.find(({ id }) => id === chosen) ?? places[0]
  if (!place) throw new ApiError({ code: 'auth.forbidden', detail: '这里是书记和干部办事的地方，您还没有这个角色' })
  return place
}

export function chooseDeskPlace(id: string): void {
  wx.setStorageSync(storageKey, id)
}

/** The region that a page was opened with, or the one that is being worked for. */
export const placeOr = (regionId = ''): Promise<Region> => (regionId ? getRegion(regionId) : deskPlace())

export const isCommunity = ({ kind }: Region): boolean => kind === 'community'

/** Goes back to the list that a page was opened from, or to it when the page was opened by a link. */
export function backTo(url: string): void {
  if (getCurrentPages().length > 1) void wx.navigateBack()
  else void wx.redirectTo({ url })
}
