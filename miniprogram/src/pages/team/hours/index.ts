import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyPoints, listMyDisputes, type Dispute } from '../../../services/contract/points'
import { listMyActivities, type Activity } from '../../../services/contract/team'
import { toDisputeView } from '../../../wording/disputes'
import { gradeText, type GradeText } from '../../../wording/grades'
import { minutesText } from '../../../wording/time'
import { toRow, type HoursRow } from './hours-row'

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
