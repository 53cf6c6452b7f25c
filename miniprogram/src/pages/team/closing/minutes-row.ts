import type { Attendance, CloseActivityRequest } from '../../../services/contract/team'
import { clock, minutesText } from '../../../wording/time'
import { timesOf, toPresenceRow, type PresenceRow } from '../attendance/guests'

/** What the leader sets otherwise than check-in and check-out say. */
export interface Correction {
  minutes: number
  reason: string
}

/** By person. Kept on the phone until the activity is closed: an hour's work must not be lost with the page. */
export type Corrections = Record<string, Correction>

export interface MinutesRow extends PresenceRow {
  hasLeft: boolean
  /** What the leader has set, in words; '' when nothing. */
  corrected: string
}

/** Who has not checked out first, then the other odd cases. */
export function toRows(came: Attendance[], corrections: Corrections): MinutesRow[] {
  const oddness = ({ checked_out_at, flags }: Attendance) => (checked_out_at ? (flags.length ? 1 : 2) : 0)
  return [...came].sort((a, b) => oddness(a) - oddness(b)).map((presence) => toRow(presence, corrections))
}

function toRow(presence: Attendance, corrections: Corrections): MinutesRow {
  const row = toPresenceRow(presence)
  const correction = corrections[row.id]
  return {
    ...row,
    hasLeft: Boolean(presence.checked_out_at),
    times: presence.checked_out_at ? timesOf(presence) : `${clock(presence.checked_in_at)} 来的，没有签退`,
    corrected: correction ? `改成${minutesText(correction.minutes)}：${correction.reason}` : '',
  }
}

export const toSend = (corrections: Corrections): CloseActivityRequest => ({
  minutes: Object.entries(corrections).map(([person_id, correction]) => ({ person_id, ...correction })),
})

const storageKey = (activityId: string) => `corrections-of-${activityId}`

export const keptCorrections = (activityId: string): Corrections => wx.getStorageSync<Corrections>(storageKey(activityId)) || {}

export const keepCorrections = (activityId: string, corrections: Corrections): void =>
  wx.setStorageSync(storageKey(activityId), corrections)

export const forgetCorrections = (activityId: string): void => wx.removeStorageSync(storageKey(activityId))
