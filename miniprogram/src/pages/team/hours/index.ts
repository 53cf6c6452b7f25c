import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyPoints } from '../../../services/contract/points'
import { listMyActivities, type Activity } from '../../../services/contract/team'
import { myPart, phaseName } from '../../../wording/activities'
import { gradeText, type GradeText } from '../../../wording/grades'
import { dayName, minutesText } from '../../../wording/time'

interface HoursRow {
  id: string
  title: string
  day: string
  minutes: string
  points: string
}

/** How long I have served, my grade, and where the hours came from. */
Page({
  data: { ...loading, total: '', grade: {} as GradeText, items: [] as HoursRow[], cursor: '' },

  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy<Activity, HoursRow>(this, (cursor) => listMyActivities({ cursor }), toRow)
  },
  async load() {
    await loadInto(this, async () => {
      const [points, activities] = await Promise.all([getMyPoints(), listMyActivities()])
      return {
        total: minutesText(points.service_minutes),
        grade: gradeText(points.grade, points.service_minutes),
        ...firstPage(activities, toRow),
      }
    })
  },
})

function toRow(activity: Activity): HoursRow {
  const { mine } = activity
  return {
    id: activity.id,
    title: activity.title,
    day: dayName(activity.starts_at),
    minutes: mine?.checked_in_at ? minutesOf(activity) : myPart(activity) || phaseName(activity),
    points: mine?.points ? `得${mine.points}积分` : '',
  }
}

const minutesOf = ({ mine }: Activity): string => (mine?.minutes ? minutesText(mine.minutes) : mine?.checked_out_at ? '不到1分钟' : '还在服务')
