import { loadInto, loading } from '../../behaviors/loading'
import { send } from '../../behaviors/sending'
import { getHome, type Home } from '../../services/contract/home'
import { voteTicket } from '../../services/contract/ticket'
import { keptLeading } from '../../services/kept-leading'
import { scanAndOpen } from '../../services/scanning'
import { unreadText } from '../../wording/names'
import {
  activityView,
  greetingAt,
  mayHelp,
  placesOf,
  pointsView,
  starsView,
  tasksOfStar,
  ticketRows,
  type TicketRow,
} from './home-view'

Page({
  data: {
    ...loading,
    busy: false,
    hasLed: false,
    greeting: '',
    name: '',
    community: '',
    places: [] as ReturnType<typeof placesOf>,
    mayHelp: false,
    unread: '',
    hasHome: false,
    points: { balance: 0, month: '' },
    claims: { items: [], more: 0 } as Home['claims'],
    activity: null as ReturnType<typeof activityView>,
    allTasks: [] as Home['tasks']['items'],
    taskCount: 0,
    stars: [] as { star: string; label: string }[],
    star: '',
    tasks: [] as Home['tasks']['items'],
    tickets: [] as TicketRow[],
  },
  onShow() {
    this.setData({ hasLed: keptLeading().length > 0 })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => homeView(await getHome(), this.data.star))
  },
  scan() {
    void scanAndOpen()
  },
  chooseStar(event: WechatMiniprogram.TouchEvent) {
    const star = String(event.currentTarget.dataset.star)
    this.setData({ star, tasks: tasksOfStar(this.data.allTasks, star) })
  },
  async back(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    const voice = await send(this, () => voteTicket(id), '已附议，谢谢您')
    if (voice) this.setData({ tickets: this.data.tickets.filter((row) => row.id !== id) })
  },
})

function homeView({ name, roles, unread_notices: unread, community, points, claims, activity, tasks, tickets }: Home, chosen: string) {
  const star = tasks.stars.some((counted) => counted.star === chosen) ? chosen : ''
  return {
    greeting: greetingAt(new Date()),
    name,
    community: community?.name ?? '',
    places: placesOf(roles),
    mayHelp: mayHelp(roles),
    unread: unread ? unreadText(unread) : '',
    hasHome: community !== null,
    points: pointsView(points),
    claims,
    activity: activityView(activity),
    allTasks: tasks.items,
    taskCount: tasks.total,
    stars: starsView(tasks.stars),
    star,
    tasks: tasksOfStar(tasks.items, star),
    tickets: ticketRows(tickets),
  }
}
