import type { Activity } from './contract/team'
import { helping } from './helping'

/**
 * What a leader led when the server last told: without a signal it is the way to the scanner. WeChat keeps
 * storage apart by person; who acts for somebody by a card leads nothing meanwhile.
 */
const storageKey = 'led-activities'

/** Those at which people can still be scanned, as last told. */
export const keptLeading = (): Activity[] => (helping() ? [] : wx.getStorageSync<Activity[]>(storageKey) || [])

export function keepLeading(activities: Activity[]): void {
  if (helping()) return
  const published = activities.filter(({ state }) => state === 'published')
  if (published.length) wx.setStorageSync(storageKey, published)
  else forgetLeading()
}

export const forgetLeading = (): void => wx.removeStorageSync(storageKey)
