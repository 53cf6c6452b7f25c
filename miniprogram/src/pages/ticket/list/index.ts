import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listTickets, type Ticket } from '../../../services/contract/ticket'
import { homeCommunity, me } from '../../../services/me'

type Order = 'votes' | 'newest' | 'closed'

const orders: { order: Order; name: string }[] = [
  { order: 'votes', name: '附议最多' },
  { order: 'newest', name: '最新的' },
  { order: 'closed', name: '已办结' },
]

Page({
  data: {
    ...loading,
    orders,
    order: 'votes' as Order,
    regionId: '',
    community: '',
    items: [] as Ticket[],
    cursor: '',
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { regionId, order } = this.data
    void growBy(this, (cursor) => ticketsOf(regionId, order, cursor), asItIs)
  },
  load() {
    return loadInto(this, async () => {
      const person = await me()
      const regionId = homeCommunity(person)
      const tickets = regionId ? await ticketsOf(regionId, this.data.order) : { items: [] }
      return { regionId, community: person.home?.community_name ?? '', ...firstPage(tickets, asItIs) }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ order: event.currentTarget.dataset.order as Order })
    void this.load()
  },
})

const ticketsOf = (region_id: string, order: Order, cursor = '') =>
  order === 'closed'
    ? listTickets({ region_id, cursor, stage: 'closed', sort: 'newest' })
    : listTickets({ region_id, cursor, open: true, sort: order })

const asItIs = (ticket: Ticket): Ticket => ticket
