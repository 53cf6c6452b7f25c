import type { Attendance } from '../../../services/contract/team'
import { attendanceFlags, checkInMethods, goneName } from '../../../wording/names'
import { clock, minutesText } from '../../../wording/time'

export interface PresenceRow {
  id: string
  personId: string
  name: string
  /** 14:30到16:00，扫码签到 */
  stay: string
  minutes: string
  flags: string[]
  flagText: string
  reason: string
  corrections: string[]
  points: string
}

export function toRow(presence: Attendance): PresenceRow {
  const { id, person, method, minutes, reason, corrections, points } = presence
  const flags = presence.flags.map((flag) => attendanceFlags[flag] ?? '').filter(Boolean)
  return {
    id,
    personId: person?.id ?? '',
    name: person?.name || goneName,
    stay: `${stayOf(presence)}，${checkInMethods[method] ?? ''}`,
    minutes: minutesText(minutes),
    flags,
    flagText: flags.join('、'),
    reason: reason ?? '',
    corrections: (corrections ?? []).map(
      ({ old_minutes, new_minutes, reason: why }) => `${minutesText(old_minutes)}改成${minutesText(new_minutes)}：${why}`,
    ),
    points: points ? `+${points}分` : '',
  }
}

const stayOf = ({ checked_in_at, checked_out_at }: Attendance): string =>
  checked_out_at ? `${clock(checked_in_at)}到${clock(checked_out_at)}` : `${clock(checked_in_at)}来的`
