import type { Home } from '../../services/contract/home'
import { starOf } from '../../wording/stars'
import { span, timeLeft } from '../../wording/time'

/** A line that leads somebody to the place of their role. */
interface Place {
  name: string
  hint: string
  icon: string
  url: string
}

const places: (Place & { roles: string[] })[] = [
  { roles: ['secretary'], name: '工作台', hint: '审核、派单、看积分', icon: 'dashboard', url: '/pages/desk/today/index' },
  { roles: ['leader'], name: '我的活动', hint: '签到码、扫卡、结束活动', icon: 'flag', url: '/pages/team/leading/index' },
  { roles: ['leader'], name: '审核提交', hint: '居民交来的微任务，您看过才计分', icon: 'check-circle', url: '/pages/desk/review/index' },
  { roles: ['grid_worker'], name: '居民和乐享卡', hint: '核实住址、登记老人、制卡', icon: 'usergroup', url: '/pages/desk/people/index' },
  { roles: ['assignee'], name: '派给我们的单子', hint: '接单、办理、上传进展', icon: 'task', url: '/pages/ticket/assigned/index' },
  { roles: ['assignee'], name: '核销兑换码', hint: '居民拿积分来换，月底对账', icon: 'scan', url: '/pages/reward/fulfil/index' },
  {
    roles: ['street_officer', 'district_officer', 'city_officer', 'admin'],
    name: '辖区情况',
    hint: '各社区的积分和四联单',
    icon: 'chart-bar',
    url: '/pages/desk/regions/index',
  },
]

type Roles = Home['roles']

const hasOne = (held: Roles, wanted: string[]): boolean => held.some((role) => wanted.includes(role))

export const placesOf = (held: Roles): Place[] => places.filter(({ roles }) => hasOne(held, roles))

export const mayHelp = (held: Roles): boolean => hasOne(held, ['leader', 'grid_worker', 'secretary'])

export function greetingAt(now: Date): string {
  const hour = now.getHours()
  if (hour < 5) return '夜深了'
  if (hour < 9) return '早上好'
  if (hour < 12) return '上午好'
  if (hour < 14) return '中午好'
  return hour < 18 ? '下午好' : '晚上好'
}

export const pointsView = ({ balance, earned_month }: Home['points']) => ({ balance, month: `本月得了 ${earned_month} 分` })

export function activityView(next: Home['activity'], now = new Date()) {
  if (!next) return null
  const hasBegun = new Date(next.starts_at) <= now
  return {
    url: `/pages/team/activity/index?id=${next.id}`,
    title: next.title,
    when: span(next.starts_at, next.ends_at, now),
    place: next.place.name,
    left: hasBegun ? '正在进行' : timeLeft(next.starts_at, now),
    isWaiting: next.mine?.signup === 'waiting',
  }
}

/** The stars of the tasks that can be taken, each with how many there are. */
export const starsView = (stars: Home['tasks']['stars']) =>
  stars.map(({ star, count }) => ({ star, label: `${starOf(star).name} ${count}` }))

type Tasks = Home['tasks']['items']

const shownTasks = 4

export const tasksOfStar = (tasks: Tasks, star: string): Tasks =>
  tasks.filter((task) => !star || task.star === star).slice(0, shownTasks)

const openingLength = 60

export interface TicketRow {
  id: string
  url: string
  text: string
  votes: string
}

export const ticketRows = (tickets: Home['tickets']): TicketRow[] =>
  tickets.map(({ id, text, votes }) => ({
    id,
    url: `/pages/ticket/detail/index?id=${id}`,
    text: text.length > openingLength ? `${text.slice(0, openingLength)}……` : text,
    votes: votes ? `${votes} 位邻居附议` : '还没有人附议',
  }))
