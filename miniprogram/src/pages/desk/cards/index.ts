import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { sentenceOf } from '../../../services/api-error'
import { getPerson, issueCard, listCards, revokeCard } from '../../../services/contract/person'
import { peoplePlace } from '../desk-community'
import { cardPage } from '../paper/card-page'
import { pictureOf } from '../paper/picture-of'
import { savePicture, showPicture } from '../save-picture'
import { holderOf, questionBefore, toLine, type Holder } from './holder'

/** As many as go on a page. */
const pageful = 10

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    holders: [] as Holder[],
    full: false,
    /** Those whose card is still to be made. */
    waiting: 0,
    made: [] as Holder[],
    large: null as null | Holder,
    asked: '',
  },

  onLoad({ region_id = '', person_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id, asked: person_id })
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const { asked, place } = this.data
      const { id, name } = await peoplePlace(place.id)
      if (asked) this.show([await this.holder(asked, (await getPerson(asked)).name)])
      return { place: { id, name }, asked: '' }
    })
  },
  async holder(id: string, name: string): Promise<Holder> {
    return holderOf(id, name, await wholeList((cursor) => listCards(id, { cursor })))
  },
  show(holders: Holder[]) {
    const made = holders.filter(({ qrText }) => qrText)
    this.setData({ holders, made, waiting: holders.length - made.length, full: holders.length >= pageful })
  },
  change(id: string, change: Partial<Holder>) {
    this.show(this.data.holders.map((holder) => (holder.id === id ? { ...holder, ...change } : holder)))
  },

  async choose({ detail: { id, name } }: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    if (this.data.full || this.data.holders.some((holder) => holder.id === id)) return
    const holder = await send(this, () => this.holder(id, name))
    if (holder) this.show([...this.data.holders, holder])
  },
  remove(event: WechatMiniprogram.TouchEvent) {
    this.show(this.data.holders.filter(({ id }) => id !== event.currentTarget.dataset.id))
  },

  async issue() {
    const waiting = this.data.holders.filter(({ qrText }) => !qrText)
    if (!waiting.length || !(await sure(`制${waiting.length}张卡？`, questionBefore(waiting), '制卡'))) return
    await send(this, async () => {
      for (const { id } of waiting) await this.issueTo(id)
    })
  },
  /** One that fails does not keep the others from their cards. */
  async issueTo(id: string) {
    try {
      const card = await issueCard(id)
      const { cards } = this.data.holders.find((holder) => holder.id === id) ?? { cards: [] }
      this.change(id, { qrText: card.qr_text, newCardId: card.id, failure: '', cards: [...cards, toLine(card)] })
    } catch (error) {
      this.change(id, { failure: sentenceOf(error) })
    }
  },
  async revoke(event: WechatMiniprogram.TouchEvent) {
    const { id, card } = event.currentTarget.dataset as { id: string; card: string }
    const holder = this.data.holders.find((one) => one.id === id)
    if (!holder || !(await sure('挂失这张卡？', `${holder.name}的这张卡马上不能用，也不能恢复`, '挂失'))) return
    const revoked = await send(this, () => revokeCard(id, card).then(() => true), '已挂失，这张卡不能用了')
    if (!revoked) return
    const isNew = card === holder.newCardId
    this.change(id, {
      cards: holder.cards.filter((one) => one.id !== card),
      ...(isNew && { qrText: '', newCardId: '' }),
    })
  },

  async savePage() {
    const picture = await this.picture()
    if (picture) await savePicture(picture, '这一页卡')
  },
  async showPage() {
    const picture = await this.picture()
    if (picture) showPicture(picture)
  },
  /** The page of ten as a picture; undefined when this phone cannot draw it, which it has said then. */
  picture(): Promise<string | undefined> {
    const { made, place } = this.data
    return send(this, () => pictureOf(this, cardPage(place.name, made)))
  },

  enlarge(event: WechatMiniprogram.TouchEvent) {
    this.setData({ large: this.data.made[Number(event.currentTarget.dataset.index)] })
  },
  shrink() {
    this.setData({ large: null })
  },
})
