import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { answerDispute, decideDispute, listDisputes, listPointsEntries, type Dispute, type Ruling } from '../../../services/contract/points'
import { askReason, type Question } from '../asking'
import { isCommunity, placeOr } from '../desk-place'
import { correctionsSince, toRow, type CorrectionChoice, type DisputeRow } from './dispute-row'

type State = Dispute['state']

const states: { code: State; name: string }[] = [
  { code: 'open', name: '等答复' },
  { code: 'appealed', name: '等街道裁决' },
  { code: 'answered', name: '已答复' },
  { code: 'decided', name: '已裁决' },
]

const upholding = ['签到表上就是这样', '问过队长，记得没错', '这一笔在别处已经记过']
const correcting = ['核对过，是记错了，已经改好', '问过队长，是漏记了，已经补上']

Page({
  data: {
    ...loading,
    busy: false,
    items: [] as DisputeRow[],
    cursor: '',
    placeName: '',
    isAbove: false,
    states,
    which: '' as State | '',
    /** The dispute that is being put right, and what may have done it. */
    correctingId: '',
    corrections: [] as CorrectionChoice[],
  },
  onLoad({ state = '' }: { state?: string }) {
    const known = states.find(({ code }) => code === state)
    this.setData({ which: known?.code ?? '' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, async (cursor) => this.list((await placeOr()).id, cursor), toRow)
  },
  load() {
    return loadInto(this, async () => {
      const place = await placeOr()
      const isAbove = !isCommunity(place)
      this.setData({ which: this.data.which || (isAbove ? 'appealed' : 'open') })
      const { which } = this.data
      const page = await this.list(place.id)
      return which === this.data.which ? { placeName: place.name, isAbove, correctingId: '', ...firstPage(page, toRow) } : {}
    })
  },
  list(regionId: string, cursor?: string) {
    return listDisputes(regionId, { state: this.data.which || undefined, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as State })
    void this.load()
  },
  async uphold(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (row) await this.rule(row, 'upheld', { title: '怎么核对的？', hint: '写给本人看，一直留在这笔旁边。', phrases: upholding, confirm: row.upheld })
  },
  /** Shows what has been corrected meanwhile, to be named in the answer. */
  async correct(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row) return
    const entries = await send(this, () => listPointsEntries(row.personId, { limit: 100 }))
    if (entries) this.setData({ correctingId: row.id, corrections: correctionsSince(row, entries.items) })
  },
  chooseCorrection(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset
    this.setData({ corrections: this.data.corrections.map((one) => (one.id === id ? { ...one, chosen: !one.chosen } : one)) })
  },
  async sayCorrected(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row) return
    const correction_ids = this.data.corrections.filter(({ chosen }) => chosen).map(({ id }) => id)
    await this.rule(row, 'corrected', { title: '错在哪里，怎么改的？', hint: '写给本人看，一直留在这笔旁边。', phrases: correcting, confirm: row.corrected }, correction_ids)
  },
  leave() {
    this.setData({ correctingId: '' })
  },
  async rule(row: DisputeRow, verdict: Ruling['verdict'], question: Question, correction_ids: string[] = []) {
    const text = await askReason(this, question)
    if (text === undefined) return
    const isAppeal = row.lines.some(({ isAnswer }) => isAnswer)
    const say = isAppeal ? decideDispute : answerDispute
    const ruling: Ruling = { verdict, text, ...(correction_ids.length && { correction_ids }) }
    if (await send(this, () => say(row.id, ruling), isAppeal ? '已裁决，本人能看到' : '已答复，本人能看到')) void this.load()
  },
  rowOf(event: WechatMiniprogram.TouchEvent): DisputeRow | undefined {
    return this.data.items.find(({ id }) => id === event.currentTarget.dataset.id)
  },
})
