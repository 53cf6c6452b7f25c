import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyPoints, listMyDisputes, type Dispute } from '../../../services/contract/points'
import { listMyActivities, type Activity } from '../../../services/contract/team'
import { toDisputeView, type DisputeView } from '../../../wording/disputes'
import { myPart, phaseName } from '../../../wording/activities'
import { gradeText, type GradeText } from '../../../wording/grades'
import { dayName, minutesText } from '../../../wording/time'

interface HoursRow {
  id: string
  title: string
  day: string
  minutes: string
  points: string
  /** What the minutes were counted for; '' while they are not. */
  counted: string
  dispute: DisputeView | null
}

/** How long I have served, my grade, and where the hours came from. */
Page({
  data: { ...loading, total: '', grade: {} as GradeText, disputes: [] as Dispute[], items: [] as HoursRow[], cursor: '' },

  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy<Activity, HoursRow>(this, (cursor) => listMyActivities({ cursor }), toRow(this.data.disputes))
  },
  async load() {
    await loadInto(this, async () => {
      const [points, activities, disputes] = await Promise.all([getMyPoints(), listMyActivities(), listMyDisputes({ limit: 100 })])
      return {
        total: minutesText(points.service_minutes),
        grade: gradeText(points.grade, points.service_minutes),
        disputes: disputes.items,
        ...firstPage(activities, toRow(disputes.items)),
      }
    })
  },
  showDispute(event: WechatMiniprogram.CustomEvent<Dispute>) {
    const { id } = event.currentTarget.dataset
    const dispute = toDisputeView(event.detail)
    this.setData({ items: this.data.items.map((row) => (row.id === id ? { ...row, dispute } : row)) })
  },
})

const toRow = (disputes: Dispute[]) => (activity: Activity): HoursRow => {
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

const minutesOf = ({ mine }: Activity): string => (mine?.minutes ? minutesText(mine.minutes) : mine?.checked_out_at ? '不到1分钟' : '还在服务')
