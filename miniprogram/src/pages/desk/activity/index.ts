import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { cancelActivity, confirmActivity, getActivity, getTeam, listAttendance, publishActivity, reopenActivity, type Activity } from '../../../services/contract/team'
import { hasRole, me } from '../../../services/me'
import { activityStates } from '../../../wording/names'
import { span } from '../../../wording/time'
import { backTo } from '../desk-place'
import { askReason } from '../asking'
import { toRow, type PresenceRow } from './presence-row'

const list = '/pages/desk/activities/index'
/** Those beyond are seen among all. */
const mostOdd = 100

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    title: '',
    star: '',
    stateName: '',
    when: '',
    place: '',
    team: '',
    pointsPerHour: 0,
    came: 0,
    /** People may still come. */
    isAwaited: false,
    note: '',
    isWhistle: false,
    mayConfirm: false,
    mayReopen: false,
    mayPublish: false,
    mayCancel: false,
    isOwn: false,
    isRunning: false,
    odd: [] as PresenceRow[],
    items: [] as PresenceRow[],
    cursor: '',
  },
  onLoad({ id = '' }: { id?: string }) {
    this.setData({ id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listAttendance(this.data.id, { cursor }), toRow)
  },
  load() {
    const { id } = this.data
    return loadInto(this, async () => {
      const [activity, person, flagged, all] = await Promise.all([
        getActivity(id),
        me(),
        listAttendance(id, { flagged: true, limit: mostOdd }),
        listAttendance(id),
      ])
      const team = activity.team_id ? await getTeam(activity.team_id) : undefined
      return {
        ...aboutActivity(activity),
        ...whatMayBeDone(activity, person.id, hasRole(person, 'secretary', 'admin')),
        team: team ? team.name : '',
        odd: flagged.items.map(toRow),
        ...firstPage(all, toRow),
      }
    })
  },
  async confirm() {
    const odd = this.data.odd.length ? `其中${this.data.odd.length}人有特别情况，您都看过了吗？` : ''
    if (!(await sure('确认并发积分', `${this.data.came}人参加。${odd}确认后积分马上到账。`, '确认'))) return
    if (await send(this, () => confirmActivity(this.data.id), '已确认，积分已到账')) backTo(list)
  },
  async reopen() {
    const reason = await askReason(this, {
      title: '退回给队长，请改什么？',
      hint: '队长会看到。改好后再结束一次，还由您这边确认。',
      phrases: ['有人的时长不对，请核对', '没签退的请问清楚几点走的', '有人没有来，请去掉'],
      confirm: '退回给队长',
    })
    if (reason === undefined) return
    if (await send(this, () => reopenActivity(this.data.id, { reason }), '已退回给队长')) backTo(list)
  },
  async publish() {
    if (await send(this, () => publishActivity(this.data.id), '已发布，居民可以报名了')) backTo(list)
  },
  async cancel() {
    const reason = await askReason(this, {
      title: '为什么取消？',
      hint: '报了名的人会收到通知。',
      phrases: ['天气不好', '场地用不了', '报名的人太少', '改到下次'],
      confirm: '取消活动',
    })
    if (reason === undefined) return
    if (await send(this, () => cancelActivity(this.data.id, { reason }), '已取消')) backTo(list)
  },
})

const aboutActivity = (activity: Activity) => ({
  title: activity.title,
  star: activity.star ?? '',
  stateName: stateNameOf(activity),
  when: span(activity.starts_at, activity.ends_at),
  place: activity.place.name,
  pointsPerHour: activity.points_per_hour,
  came: activity.checked_in,
  isAwaited: activity.state === 'draft' || activity.state === 'published',
  note: activity.reason ? `${activity.state === 'cancelled' ? '取消的原因' : '退回时说'}：${activity.reason}` : '',
  isWhistle: activity.kind === 'whistle',
})

/** A published activity is named by what it waits for. */
function stateNameOf({ state, starts_at, ends_at }: Activity, now = new Date()): string {
  if (state !== 'published' || new Date(starts_at) > now) return activityStates[state] ?? ''
  return new Date(ends_at) > now ? '正在进行' : '等队长结束'
}

function whatMayBeDone(activity: Activity, myId: string, isDesk: boolean) {
  const { state, closed_by, checked_in, mine } = activity
  const isOwn = state === 'closed' && (closed_by === myId || mine?.checked_in_at !== undefined)
  return {
    isOwn,
    mayConfirm: state === 'closed' && !isOwn,
    mayReopen: state === 'closed',
    mayPublish: state === 'draft' && isDesk,
    mayCancel: isDesk && (state === 'draft' || (state === 'published' && checked_in === 0)),
    isRunning: state === 'published',
  }
}
