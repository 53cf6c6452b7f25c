import { loadInto, loading } from '../../behaviors/loading'
import { send } from '../../behaviors/sending'
import { getMyPoints } from '../../services/contract/points'
import { listMyClaims, listTasks, type Claim, type Task } from '../../services/contract/task'
import { listMyActivities } from '../../services/contract/team'
import { listTickets, voteTicket } from '../../services/contract/ticket'
import { homeCommunity, me, type Person } from '../../services/me'
import { scanAndOpen } from '../../services/scanning'
import {
  claimsView,
  greetingAt,
  mayHelp,
  nextActivity,
  openTasks,
  placesOf,
  pointsView,
  starsIn,
  tasksOfStar,
  ticketRows,
  type TicketRow,
} from './home-view'

Page({
  data: {
    ...loading,
    busy: false,
    greeting: '',
    name: '',
    community: '',
    places: [] as ReturnType<typeof placesOf>,
    mayHelp: false,
    hasHome: false,
    /** null: that part did not come. */
    points: null as ReturnType<typeof pointsView> | null,
    claims: null as { items: Claim[]; more: number } | null,
    hasActivities: false,
    activity: null as ReturnType<typeof nextActivity>,
    allTasks: null as Task[] | null,
    stars: [] as { star: string; label: string }[],
    star: '',
    tasks: [] as Task[],
    tickets: null as TicketRow[] | null,
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, () => loadHome(this.data.star))
  },
  scan() {
    void scanAndOpen()
  },
  chooseStar(event: WechatMiniprogram.TouchEvent) {
    const star = String(event.currentTarget.dataset.star)
    this.setData({ star, tasks: tasksOfStar(this.data.allTasks ?? [], star) })
  },
  async back(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    const voice = await send(this, () => voteTicket(id), '已附议，谢谢您')
    if (voice) this.setData({ tickets: (this.data.tickets ?? []).filter((row) => row.id !== id) })
  },
})

async function loadHome(chosen: string) {
  const asked = me()
  const [person, points, claims, activities, tasks, tickets] = await Promise.all([
    asked,
    part(getMyPoints()),
    part(listMyClaims({ limit: 50 })),
    part(listMyActivities({ limit: 50 })),
    part(listTasks({ limit: 100 })),
    part(asked.then(ticketsNear)),
  ])
  const open = tasks && openTasks(tasks.items)
  const star = open?.some((task) => task.star === chosen) ? chosen : ''
  return {
    greeting: greetingAt(new Date()),
    name: person.name,
    community: person.home?.community_name ?? '',
    places: placesOf(person),
    mayHelp: mayHelp(person),
    hasHome: person.home !== null,
    points: points && pointsView(points),
    claims: claims && claimsView(claims.items),
    hasActivities: activities !== null,
    activity: activities && nextActivity(activities.items),
    allTasks: open,
    stars: starsIn(open ?? []),
    star,
    tasks: tasksOfStar(open ?? [], star),
    tickets: tickets && ticketRows(tickets.items),
  }
}

/** A part of the page that does not come leaves the others where they are. */
async function part<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer
  } catch {
    return null
  }
}

async function ticketsNear(person: Person) {
  const region_id = homeCommunity(person)
  return region_id ? listTickets({ region_id, stage: 'raised', sort: 'votes', limit: 20 }) : { items: [] }
}
