import type { Dispute } from '../../../services/contract/points'
import type { Activity } from '../../../services/contract/team'
import { myPart, notCheckedOut, phaseName, phaseOf, takesCheckOut } from '../../../wording/activities'
import { toDisputeView, type DisputeView } from '../../../wording/disputes'
import { dayName, minutesText } from '../../../wording/time'

export interface HoursRow {
  id: string
  title: string
  day: string
  minutes: string
  points: string
  /** What the minutes were counted for; '' while they are not. */
  counted: string
  dispute: DisputeView | null
}

export const toRow = (disputes: Dispute[]) => (activity: Activity): HoursRow => {
  const { mine } = activity
  const counted = activity.state === 'confirmed' && mine?.minutes ? (mine.attendance_id ?? '') : ''
  const dispute = disputes.find(({ kind, record_id }) => kind === 'minutes' && record_id === counted)
  return {
    id: activity.id,
    title: activity.title,
    day: dayName(activity.starts_at),
    minutes: mine?.checked_in_at ? minutesOf(activity) : myPart(activity) || phaseName(activity),
    points: mine?.points ? `得${mine.points}积分` : '',
    counted,
    dispute: dispute ? toDisputeView(dispute) : null,
  }
}

function minutesOf(activity: Activity): string {
  const { mine } = activity
  if (mine?.minutes) return minutesText(mine.minutes)
  if (mine?.checked_out_at) return '不到1分钟'
  const phase = phaseOf(activity)
  if (phase === 'open') return '还在服务'
  return takesCheckOut(phase) ? '还没有签退' : notCheckedOut
}
