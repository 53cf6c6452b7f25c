import { byUrgency, isOpenClaim } from '../../components/claim-card/claim-row'
import { isOpen } from '../../components/task-card/task-row'
import type { Own } from '../../services/contract/points'
import type { Claim, Task } from '../../services/contract/task'
import type { Activity } from '../../services/contract/team'
import type { Ticket } from '../../services/contract/ticket'
import { hasRole, type Person } from '../../services/me'
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
  { roles: ['assignee'], name: '派给我们的单子', hint: '接单、办理、上传进展', icon: 'task', url: '/pages/ticket/assigned/index' },
  {
    roles: ['street_officer', 'district_officer', 'city_officer', 'admin'],
    name: '辖区情况',
    hint: '各社区的积分和四联单',
    icon: 'chart-bar',
    url: '/pages/desk/regions/index',
  },
]

export const placesOf = (person: Person): Place[] => places.filter(({ roles }) => hasRole(person, ...roles))

export const mayHelp = (person: Person): boolean => hasRole(person, 'leader', 'grid_worker', 'secretary')

export function greetingAt(now: Date): string {
  const hour = now.getHours()
  if (hour < 5) return '夜深了'
  if (hour < 9) return '早上好'
  if (hour < 12) return '上午好'
  if (hour < 14) return '中午好'
  return hour < 18 ? '下午好' : '晚上好'
}

export const pointsView = (own: Own) => ({ balance: own.balance, month: `本月得了 ${own.earned.month} 分` })

const shownClaims = 3

export function claimsView(claims: Claim[]) {
  const open = claims.filter(isOpenClaim).sort(byUrgency)
  return { items: open.slice(0, shownClaims), more: Math.max(0, open.length - shownClaims) }
}

/** The nearest activity that the person signed up for and that is not over. */
export function nextActivity(activities: Activity[], now = new Date()) {
  const coming = activities
    .filter(({ state, ends_at, mine }) => state === 'published' && Boolean(mine?.signup) && new Date(ends_at) > now)
    .sort((one, other) => one.starts_at.localeCompare(other.starts_at))
  const next = coming[0]
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
export function starsIn(tasks: Task[]) {
  const counts = new Map<string, number>()
  for (const { star } of tasks) counts.set(star, (counts.get(star) ?? 0) + 1)
  return [...counts].map(([star, count]) => ({ star, label: `${starOf(star).name} ${count}` }))
}

/** The tasks that the person can take, those with the least time left first. */
export const openTasks = (tasks: Task[], now = new Date()): Task[] =>
  tasks.filter((task) => isOpen(task, now) && !task.my_claim_id).sort((one, other) => one.claim_until.localeCompare(other.claim_until))

const shownTasks = 4

export const tasksOfStar = (tasks: Task[], star: string): Task[] =>
  tasks.filter((task) => !star || task.star === star).slice(0, shownTasks)

const shownTickets = 3
const openingLength = 60

export interface TicketRow {
  id: string
  url: string
  text: string
  votes: string
}

export const ticketRows = (tickets: Ticket[]): TicketRow[] =>
  tickets
    .filter(({ mine, voted }) => !mine && !voted)
    .slice(0, shownTickets)
    .map(({ id, text, votes }) => ({
      id,
      url: `/pages/ticket/detail/index?id=${id}`,
      text: text.length > openingLength ? `${text.slice(0, openingLength)}……` : text,
      votes: votes ? `${votes} 位邻居附议` : '还没有人附议',
    }))
