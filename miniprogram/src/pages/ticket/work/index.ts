import { loadInto, loading } from '../../../behaviors/loading'
import { askSentence, send, sure } from '../../../behaviors/sending'
import { acceptTicket, completeTicket, declineTicket, getTicket, reportTicketProgress, type Ticket } from '../../../services/contract/ticket'
import type { Written } from './progress-form/written'
import { toWork, type Work } from './work-view'

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    ticket: undefined as Ticket | undefined,
    work: undefined as Work | undefined,
    isWriting: false,
  },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => shown(await getTicket(this.data.id)))
  },
  async accept() {
    const accepted = await send(this, () => acceptTicket(this.data.id), '接单成功')
    if (accepted) this.setData(shown(accepted))
    else await this.loadAnew()
  },
  /** After a refusal the ticket may be somebody else's, and no longer ours to see. */
  loadAnew() {
    this.setData({ ...loading })
    return this.load()
  },
  async decline() {
    const reason = await askSentence('为什么不接？', '写一句原因，社区会另外派单')
    if (reason === undefined) return
    const declined = await send(this, () => declineTicket(this.data.id, { reason }), '已告诉社区')
    if (declined) this.setData(shown(declined))
  },
  startWriting() {
    this.setData({ isWriting: true })
  },
  async write(event: WechatMiniprogram.CustomEvent<Written>) {
    const { step, text, photo_ids } = event.detail
    if (step !== 'complete') {
      const reported = await send(this, () => reportTicketProgress(this.data.id, { phase: step, text, photo_ids }), '进展已写上')
      if (reported) this.setData({ ...shown(reported), isWriting: false })
      return
    }
    if (!(await sure('全部办完了？', '交上以后就请居民来评，不能再写进展。', '办完了'))) return
    const completed = await send(this, () => completeTicket(this.data.id, { text, photo_ids }), '已交上，请居民评单')
    if (completed) this.setData({ ...shown(completed), isWriting: false })
  },
})

const shown = (ticket: Ticket) => ({ ticket, work: toWork(ticket) })
