import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listTickets, type Ticket } from '../../../services/contract/ticket'
import { deskPlace, isCommunity } from '../desk-place'
import { toRow, type TicketRow } from './ticket-row'

type Sort = 'votes' | 'age'

interface View {
  code: string
  name: string
  stage?: Ticket['stage']
  whistled?: boolean
}

const whistled: View = { code: 'whistled', name: '社区吹哨', stage: 'raised', whistled: true }
const overdue: View = { code: 'overdue', name: '已超时' }
const stages: View[] = [
  { code: 'raised', name: '等派单', stage: 'raised' },
  overdue,
  { code: 'dispatched', name: '等接单', stage: 'dispatched' },
  { code: 'accepted', name: '办理中', stage: 'accepted' },
  { code: 'completed', name: '等评价', stage: 'completed' },
  { code: 'closed', name: '已办结', stage: 'closed' },
  { code: 'all', name: '全部' },
]
const ofOfficers = [whistled, ...stages]

const sorts: { code: Sort; name: string }[] = [
  { code: 'votes', name: '附议多的在前' },
  { code: 'age', name: '等得久的在前' },
]

Page({
  data: {
    ...loading,
    items: [] as TicketRow[],
    cursor: '',
    regionId: '',
    placeName: '',
    views: stages,
    view: 'raised',
    sorts,
    sort: 'votes' as Sort,
  },
  onLoad({ view = '' }: { view?: string }) {
    if (ofOfficers.some(({ code }) => code === view)) this.setData({ view })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.list(cursor), toRow)
  },
  load() {
    const { view, sort } = this.data
    return loadInto(this, async () => {
      const place = await deskPlace()
      this.setData({ regionId: place.id })
      const page = await this.list()
      if (view !== this.data.view || sort !== this.data.sort) return {} // another was asked for meanwhile
      return { placeName: place.name, views: isCommunity(place) ? stages : ofOfficers, ...firstPage(page, toRow) }
    })
  },
  list(cursor?: string) {
    const { regionId: region_id, sort } = this.data
    const view = ofOfficers.find(({ code }) => code === this.data.view) ?? stages[0]
    if (view === overdue) return listTickets({ region_id, sort: 'overdue', cursor })
    return listTickets({ region_id, sort, stage: view.stage, whistled: view.whistled, cursor })
  },
  chooseView(event: WechatMiniprogram.TouchEvent) {
    this.setData({ view: event.currentTarget.dataset.code as string })
    void this.load()
  },
  chooseSort(event: WechatMiniprogram.TouchEvent) {
    this.setData({ sort: event.currentTarget.dataset.code as Sort })
    void this.load()
  },
})
