import type { Living } from '../../../components/home-note/living'
import { loadInto, loading } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { getTicket, reviewTicket, unvoteTicket, voteTicket, withdrawTicket, type NewReview, type Ticket } from '../../../services/contract/ticket'
import { hasCode } from '../../../services/api-error'
import { homeCommunity, me } from '../../../services/me'
import { toDetail, type Detail } from './detail-view'

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    living: 'here' as Living,
    ticket: undefined as Ticket | undefined,
    detail: undefined as Detail | undefined,
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
    return loadInto(this, () => ticketOrWhyNot(this.data.id))
  },
  async vote() {
    const voice = await send(this, () => voteTicket(this.data.id), '已附议，谢谢您')
    if (voice) await this.changed(voice)
  },
  async takeBack() {
    const voice = await send(this, () => unvoteTicket(this.data.id), '附议已收回')
    if (voice) await this.changed(voice)
  },
  async changed(change: Partial<Ticket>) {
    if (this.data.ticket) this.setData(await shown({ ...this.data.ticket, ...change }))
  },
  async review(event: WechatMiniprogram.CustomEvent<NewReview>) {
    const reviewed = await send(this, () => reviewTicket(this.data.id, event.detail), '评好了，谢谢您')
    if (reviewed) this.setData(await shown(reviewed))
  },
  async withdraw() {
    if (!(await sure('撤回这张单？', '撤回以后社区就不办了。要办的话，得重新点单。', '撤回'))) return
    const withdrawn = await send(this, () => withdrawTicket(this.data.id), '已撤回')
    if (withdrawn) this.setData(await shown(withdrawn))
  },
})

/** A printed code is scanned by anybody; the ticket is for who lives there. */
async function ticketOrWhyNot(id: string) {
  try {
    return { living: 'here', ...(await shown(await getTicket(id))) }
  } catch (error) {
    if (!hasCode(error, 'auth.forbidden')) throw error
    return { living: homeCommunity(await me()) ? 'elsewhere' : 'nowhere' }
  }
}

async function shown(ticket: Ticket) {
  return { ticket, detail: toDetail(ticket, await me()) }
}
