import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy, wholeList } from '../../../behaviors/paging'
import { listAssignedTickets, type Ticket } from '../../../services/contract/ticket'
import { byDueTime } from './work-order'

type Stage = 'dispatched' | 'accepted' | 'completed' | 'closed'

const empty: Record<Stage, { text: string; hint: string }> = {
  dispatched: { text: '没有等着接的单子', hint: '社区派单过来，会出现在这里' },
  accepted: { text: '现在没有在办的', hint: '接了单，就在这里写进展' },
  completed: { text: '没有等评价的', hint: '办完以后，由点单的居民来评' },
  closed: { text: '还没有办结的', hint: '居民评过的单子会留在这里' },
}

Page({
  data: {
    ...loading,
    stage: '' as Stage | '',
    stages: [] as { stage: Stage; name: string }[],
    items: [] as Ticket[],
    cursor: '',
    empty: empty.dispatched,
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { stage } = this.data
    if (stage) void growBy(this, (cursor) => listAssignedTickets({ stage, cursor }), asItIs)
  },
  load() {
    return loadInto(this, async () => {
      const [offered, accepted] = await Promise.all([wholeStage('dispatched'), wholeStage('accepted')])
      const stage = this.data.stage || (offered.length || !accepted.length ? 'dispatched' : 'accepted')
      const shown = { dispatched: whole(offered), accepted: whole(accepted) }
      const list = stage === 'dispatched' || stage === 'accepted' ? shown[stage] : firstPage(await listAssignedTickets({ stage }), asItIs)
      return { stage, stages: stagesWith(offered.length, accepted.length), empty: empty[stage], ...list }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ stage: event.currentTarget.dataset.stage as Stage })
    void this.load()
  },
})

const stagesWith = (offered: number, accepted: number): { stage: Stage; name: string }[] => [
  { stage: 'dispatched', name: `等接单 ${offered}` },
  { stage: 'accepted', name: `正在办 ${accepted}` },
  { stage: 'completed', name: '等评价' },
  { stage: 'closed', name: '已办结' },
]

const wholeStage = async (stage: Stage): Promise<Ticket[]> =>
  (await wholeList((cursor) => listAssignedTickets({ stage, cursor, limit: 100 }))).sort(byDueTime)

const whole = (items: Ticket[]) => ({ items, cursor: '' })

const asItIs = (ticket: Ticket): Ticket => ticket
