import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { listSimilarTickets, raiseTicket, type Ticket } from '../../../services/contract/ticket'
import { homeCommunity, me } from '../../../services/me'
import { ticketCategories } from '../../../wording/names'
import { dropDraft, emptyDraft, keepDraft, keptDraft, type Draft } from './draft'

const categories = Object.entries(ticketCategories).map(([code, name]) => ({ code: code as Ticket['category'], name }))

Page({
  data: {
    ...loading,
    ...emptyDraft,
    busy: false,
    categories,
    personId: '',
    regionId: '',
    hasDraft: false,
    photoIds: [] as string[],
    photosWaiting: 0,
    similar: [] as Ticket[],
  },
  onLoad() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const person = await me()
      const draft = keptDraft(person.id)
      return { personId: person.id, regionId: homeCommunity(person), ...draft, hasDraft: Boolean(draft.text || draft.place) }
    })
  },
  chooseCategory(event: WechatMiniprogram.TouchEvent) {
    this.change({ category: event.currentTarget.dataset.code as Ticket['category'] })
  },
  writeText(event: WechatMiniprogram.Input) {
    this.change({ text: event.detail.value })
  },
  writePlace(event: WechatMiniprogram.Input) {
    this.change({ place: event.detail.value })
  },
  chooseName(event: WechatMiniprogram.TouchEvent) {
    this.change({ showName: event.currentTarget.dataset.shown === 'yes' })
  },
  change(change: Partial<Draft>) {
    const { category, text, place, showName, personId } = this.data
    const draft = { category, text, place, showName, ...change }
    this.setData(change)
    keepDraft(personId, draft)
  },
  takePhotos(event: WechatMiniprogram.CustomEvent<{ ids: string[]; waiting: number }>) {
    this.setData({ photoIds: event.detail.ids, photosWaiting: event.detail.waiting })
  },
  async submit() {
    const missing = whatIsMissing(this.data)
    if (missing) {
      void wx.showModal({ title: '还差一点', content: missing, showCancel: false, confirmText: '知道了' })
      return
    }
    const { regionId, text } = this.data
    const similar = await send(this, () => similarTickets(regionId, text))
    if (!similar) return
    if (!similar.length) return this.raise()
    this.setData({ similar })
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
  rewrite() {
    this.setData({ similar: [] })
  },
  async raise() {
    const { regionId, category, text, place, showName, photoIds } = this.data
    if (!category) return
    const raised = await send(
      this,
      () => raiseTicket({ region_id: regionId, category, text, place, show_name: showName, photo_ids: photoIds }),
      '已交给社区',
    )
    if (raised) this.leaveFor(raised.id)
  },
  backed(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.leaveFor(event.detail.id)
  },
  leaveFor(ticketId: string) {
    dropDraft(this.data.personId)
    void wx.redirectTo({ url: `/pages/ticket/detail/index?id=${ticketId}` })
  },
})

/** As much of a text as tells what it is about: all of it would not fit into an address. */
const searchedLetters = 200

/** What neighbours have said already is an offer: without it the ticket is raised all the same. */
async function similarTickets(region_id: string, text: string): Promise<Ticket[]> {
  try {
    const beginning = Array.from(text).slice(0, searchedLetters).join('')
    return (await listSimilarTickets({ region_id, text: beginning })).items
  } catch {
    return []
  }
}

function whatIsMissing({ category, text, photosWaiting }: { category: string; text: string; photosWaiting: number }): string {
  if (!category) return '请先点一下，是哪一类的事'
  if (!text.trim()) return '请写一写是什么事'
  return photosWaiting ? '还有照片没有发完，请等一等，或者把它去掉' : ''
}
