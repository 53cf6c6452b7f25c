import { call } from './call'
import type { Attendance, NewCheckIn } from './contract/team'
import { newKey } from './keys'

const storageKey = 'device-id'

/**
 * Checks in at an activity by the code on show. It says from which phone, by an id made here that means
 * nothing elsewhere: several people on one phone are an odd case for the secretary to look at.
 */
export const checkInHere = (activityId: string, body: NewCheckIn): Promise<Attendance> =>
  call<Attendance>('POST', `/activities/${encodeURIComponent(activityId)}/checkins`, { body, headers: { 'X-Device': deviceId() } })

function deviceId(): string {
  const kept = wx.getStorageSync<string>(storageKey)
  if (kept) return kept
  const made = newKey()
  wx.setStorageSync(storageKey, made)
  return made
}
