import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listMyTickets, type Ticket } from '../../../services/contract/ticket'

Page({
  data: { ...loading, items: [] as Ticket[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyTickets({ cursor }), asItIs)
  },
  load() {
    return loadInto(this, async () => firstPage(await listMyTickets(), asItIs))
  },
})

const asItIs = (ticket: Ticket): Ticket => ticket
