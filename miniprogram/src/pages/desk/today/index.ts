import { loadInto, loading } from '../../../behaviors/loading'
import { listContentChecks } from '../../../services/contract/content'
import { listOddCases, listSpotChecks } from '../../../services/contract/oversight'
import { listAdjustments, listDisputes, type Dispute } from '../../../services/contract/points'
import type { Region } from '../../../services/contract/region'
import { listRegionClaims, type Claim } from '../../../services/contract/task'
import { listActivities } from '../../../services/contract/team'
import { listTickets } from '../../../services/contract/ticket'
import { hasRole, me } from '../../../services/me'
import { chooseDeskPlace, deskPlace, deskPlaces, isCommunity } from '../desk-place'
import { mostUrgentFirst, workOf, type Work } from './work'

const everythingOfCommunity = [
  { name: '积分', icon: 'star', url: '/pages/desk/points/index' },
  { name: '四联单', icon: 'file-paste', url: '/pages/desk/tickets/index' },
  { name: '审核', icon: 'check-circle', url: '/pages/desk/review/index' },
  { name: '活动', icon: 'flag', url: '/pages/desk/activities/index' },
  { name: '队伍和单位', icon: 'usergroup-add', url: '/pages/desk/teams/index' },
  { name: '吹哨', icon: 'notification', url: '/pages/desk/whistle/index' },
  { name: '微任务', icon: 'edit-1', url: '/pages/desk/tasks/index' },
  { name: '认领区', icon: 'location', url: '/pages/desk/stations/index' },
  { name: '居民', icon: 'usergroup', url: '/pages/desk/people/index' },
  { name: '导入名单', icon: 'upload', url: '/pages/desk/roster/index' },
  { name: '住户', icon: 'home', url: '/pages/desk/households/index' },
  { name: '乐享卡', icon: 'creditcard', url: '/pages/desk/cards/index' },
  { name: '角色', icon: 'user-setting', url: '/pages/desk/roles/index' },
  { name: '手工调整', icon: 'adjustment', url: '/pages/desk/adjustments/index' },
  { name: '积分疑问', icon: 'help-circle', url: '/pages/desk/disputes/index' },
  { name: '积分兑换', icon: 'gift', url: '/pages/desk/rewards/index' },
  { name: '内容检查', icon: 'browse', url: '/pages/desk/content/index' },
  { name: '数据', icon: 'chart-bar', url: '/pages/desk/figures/index' },
  { name: '通报', icon: 'file', url: '/pages/desk/bulletin/index' },
  { name: '异常情况', icon: 'search', url: '/pages/desk/odd-cases/index' },
  { name: '社区设置', icon: 'setting', url: '/pages/desk/settings/index' },
]

const everythingOfOfficers = [
  { name: '各社区', icon: 'city', url: '/pages/desk/regions/index' },
  { name: '数据', icon: 'chart-bar', url: '/pages/desk/figures/index' },
  { name: '通报', icon: 'file', url: '/pages/desk/bulletin/index' },
  { name: '四联单', icon: 'file-paste', url: '/pages/desk/tickets/index' },
  { name: '申诉', icon: 'chat', url: '/pages/desk/review/index?appeals=1' },
  { name: '积分疑问', icon: 'help-circle', url: '/pages/desk/disputes/index' },
  { name: '手工调整', icon: 'adjustment', url: '/pages/desk/adjustments/index' },
  { name: '角色', icon: 'user-setting', url: '/pages/desk/roles/index' },
  { name: '抽查', icon: 'call', url: '/pages/desk/spot-checks/index' },
  { name: '异常情况', icon: 'search', url: '/pages/desk/odd-cases/index' },
]

/** What those run who see to the city's account at WeChat. */
const everythingOfOperators = [...everythingOfOfficers, { name: '没发出的消息', icon: 'notification', url: '/pages/desk/messages/index' }]

Page({
  data: {
    ...loading,
    places: [] as Region[],
    placeName: '',
    today: '',
    work: [] as Work[],
    everything: everythingOfCommunity,
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [place, places, person] = await Promise.all([deskPlace(), deskPlaces(), me()])
      const work = isCommunity(place) ? workOfCommunity(place.id, person.id) : workOfOfficer(place.id, person.id)
      return {
        places,
        placeName: place.name,
        today: dateOf(new Date()),
        work: mostUrgentFirst(await work),
        everything: everythingOf(place, hasRole(person, 'city_officer', 'admin')),
      }
    })
  },
  choose(event: WechatMiniprogram.PickerChange) {
    chooseDeskPlace(this.data.places[Number(event.detail.value)].id)
    void this.load()
  },
})

function everythingOf(place: Region, isOperator: boolean) {
  if (isCommunity(place)) return everythingOfCommunity
  return isOperator ? everythingOfOperators : everythingOfOfficers
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const dateOf = (now: Date): string => `今天是${now.getMonth() + 1}月${now.getDate()}日 ${weekdays[now.getDay()]}`

/** As many as are counted: more are told as “20多”. */
const limit = 20

async function workOfCommunity(region_id: string, myId: string): Promise<(Work | undefined)[]> {
  const [tickets, raised, submitted, closed, drafts, checks, disputes, odd, adjustments] = await Promise.all([
    overdueTickets(region_id),
    listTickets({ region_id, stage: 'raised', sort: 'age', limit }),
    listRegionClaims(region_id, { state: 'submitted', limit }),
    listActivities({ region_id, state: 'closed', limit }),
    listActivities({ region_id, state: 'draft', limit }),
    listContentChecks(region_id, { limit }),
    listDisputes(region_id, { state: 'open', limit }),
    oddCases(region_id),
    waitingAdjustments(region_id, myId),
  ])
  return [
    tickets,
    workOf({ title: '四联单等派单', unit: '件', url: '/pages/desk/tickets/index?view=raised', page: raised, since: ({ raised_at }) => raised_at }),
    workOf({ title: '提交等审核', unit: '份', url: '/pages/desk/review/index', page: submitted, isMine: isOfOthers(myId), since: ({ submitted_at }) => submitted_at }),
    workOf({ title: '活动等确认', unit: '场', url: '/pages/desk/activities/index?state=closed', page: closed, isMine: ({ closed_by }) => closed_by !== myId, since: ({ closed_at }) => closed_at }),
    workOf({ title: '活动等发布', unit: '场', url: '/pages/desk/activities/index?state=draft', page: drafts, since: () => undefined }),
    workOf({ title: '内容等检查', unit: '条', url: '/pages/desk/content/index', page: checks, isMine: (check) => check.person_id !== myId && check.helper_id !== myId, since: ({ created_at }) => created_at }),
    workOf({ title: '积分疑问等答复', unit: '条', url: '/pages/desk/disputes/index?state=open', page: disputes, isMine: ({ may_answer }) => may_answer === true, since: ({ raised_at }) => raised_at }),
    odd,
    adjustments,
  ]
}

async function workOfOfficer(region_id: string, myId: string): Promise<(Work | undefined)[]> {
  const [tickets, whistled, appeals, disputes, spotChecks, odd, adjustments] = await Promise.all([
    overdueTickets(region_id),
    listTickets({ region_id, stage: 'raised', whistled: true, sort: 'age', limit }),
    listRegionClaims(region_id, { state: 'rejected', appeal: 'pending', limit }),
    listDisputes(region_id, { state: 'appealed', limit }),
    listSpotChecks(region_id, { state: 'open', limit }),
    oddCases(region_id),
    waitingAdjustments(region_id, myId),
  ])
  return [
    tickets,
    workOf({ title: '社区吹哨，等您派单', unit: '件', url: '/pages/desk/tickets/index?view=whistled', page: whistled, since: ({ raised_at }) => raised_at }),
    workOf({ title: '申诉等裁决', unit: '份', url: '/pages/desk/review/index?appeals=1', page: appeals, isMine: isOfOthers(myId), since: appealedAt }),
    workOf({ title: '积分疑问等裁决', unit: '条', url: '/pages/desk/disputes/index?state=appealed', page: disputes, isMine: ({ may_decide }) => may_decide === true, since: appealedAt }),
    workOf({ title: '抽查等打电话', unit: '个', url: '/pages/desk/spot-checks/index', page: spotChecks, isMine: ({ may_answer }) => may_answer === true, since: () => undefined }),
    odd,
    adjustments,
  ]
}

async function overdueTickets(region_id: string): Promise<Work | undefined> {
  const page = await listTickets({ region_id, sort: 'overdue', limit })
  return workOf({ title: '四联单超时', unit: '件', url: '/pages/desk/tickets/index?view=overdue', urgent: true, page, since: ({ overdue }) => overdue?.since })
}

async function oddCases(region_id: string): Promise<Work | undefined> {
  const page = await listOddCases(region_id, { limit })
  return workOf({ title: '异常情况等看一看', unit: '件', url: '/pages/desk/odd-cases/index', page, isMine: ({ may_decide }) => may_decide === true, since: ({ found_at }) => found_at })
}

async function waitingAdjustments(region_id: string, myId: string): Promise<Work | undefined> {
  const page = await listAdjustments({ region_id, state: 'pending', limit })
  return workOf({
    title: '积分调整等同意',
    unit: '笔',
    url: '/pages/desk/adjustments/index',
    page,
    isMine: ({ proposed_by, person_id }) => proposed_by !== myId && person_id !== myId,
    since: ({ proposed_at }) => proposed_at,
  })
}

const isOfOthers = (myId: string) => (claim: Claim) => claim.person_id !== myId && claim.helper_id !== myId

const appealedAt = ({ timeline }: Claim | Dispute): string | undefined => timeline?.find(({ act }) => act === 'appealed')?.at
