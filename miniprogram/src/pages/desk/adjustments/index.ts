import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { sentenceOf } from '../../../services/api-error'
import { getPerson } from '../../../services/contract/person'
import { approveAdjustment, listAdjustments, proposeAdjustment, rejectAdjustment, type Adjustment } from '../../../services/contract/points'
import { hasRole, me } from '../../../services/me'
import { placeOr } from '../desk-place'
import { askReason } from '../asking'
import { toRow, type AdjustmentRow } from './adjustment-row'

type State = Adjustment['state']

const states: { code: State; name: string }[] = [
  { code: 'pending', name: '等同意' },
  { code: 'posted', name: '已同意' },
  { code: 'rejected', name: '没有同意' },
]

interface Somebody {
  id: string
  name: string
}

Page({
  data: {
    ...loading,
    busy: false,
    items: [] as AdjustmentRow[],
    cursor: '',
    regionId: '',
    placeName: '',
    myId: '',
    states,
    which: 'pending' as State,
    mayPropose: false,
    isProposing: false,
    person: null as Somebody | null,
    isGiving: true,
    amount: '',
    reason: '',
    isComplete: false,
  },
  onLoad({ person_id = '', region_id = '' }: { person_id?: string; region_id?: string }) {
    this.setData({ regionId: region_id })
    void this.load()
    if (person_id) void this.proposeFor(person_id)
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.list(cursor), toRow(this.data.myId))
  },
  load() {
    const { which } = this.data
    return loadInto(this, async () => {
      const [place, person] = await Promise.all([placeOr(this.data.regionId), me()])
      this.setData({ regionId: place.id })
      const page = await this.list()
      const mayPropose = place.kind === 'community' && hasRole(person, 'secretary', 'admin')
      return which === this.data.which ? { myId: person.id, mayPropose, placeName: place.name, ...firstPage(page, toRow(person.id)) } : {}
    })
  },
  list(cursor?: string) {
    return listAdjustments({ region_id: this.data.regionId, state: this.data.which, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as State })
    void this.load()
  },
  async approve(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row || !(await sure('同意这笔调整？', `${row.person} ${row.amount}。同意后马上记账，本人能看到原因。`, '同意'))) return
    await send(this, () => approveAdjustment(row.id), '已同意，积分已记')
    void this.load()
  },
  async reject(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row) return
    const reason = await askReason(this, { title: '为什么不同意？', phrases: ['原因没写清楚', '分数太多', '应该用微任务来记'], confirm: '不同意', optional: true })
    if (reason === undefined) return
    await send(this, () => rejectAdjustment(row.id, { reason }), '已告知提出的人')
    void this.load()
  },
  async takeBack(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row || !(await sure('撤回这笔调整？', `${row.person} ${row.amount}。撤回后不记账。`, '撤回'))) return
    await send(this, () => rejectAdjustment(row.id, { reason: '提出的人自己撤回' }), '已撤回')
    void this.load()
  },
  rowOf(event: WechatMiniprogram.TouchEvent): AdjustmentRow | undefined {
    return this.data.items.find(({ id }) => id === event.currentTarget.dataset.id)
  },

  async proposeFor(personId: string) {
    try {
      const { id, name } = await getPerson(personId)
      this.change({ isProposing: true, person: { id, name } })
    } catch (error) {
      void wx.showToast({ title: sentenceOf(error), icon: 'none' })
    }
  },
  startProposing() {
    this.change({ isProposing: true })
  },
  stopProposing() {
    this.change({ isProposing: false, person: null, amount: '', reason: '', isGiving: true })
  },
  choosePerson(event: WechatMiniprogram.CustomEvent<Somebody>) {
    this.change({ person: event.detail })
  },
  chooseAnother() {
    this.change({ person: null })
  },
  chooseSign(event: WechatMiniprogram.TouchEvent) {
    this.change({ isGiving: event.currentTarget.dataset.giving === true })
  },
  writeAmount(event: WechatMiniprogram.Input) {
    this.change({ amount: event.detail.value })
  },
  writeReason(event: WechatMiniprogram.Input) {
    this.change({ reason: event.detail.value })
  },
  change(change: object) {
    this.setData(change)
    const { person, amount, reason } = this.data
    this.setData({ isComplete: person !== null && Number(amount) > 0 && reason.trim().length > 1 })
  },
  async propose() {
    const { person, regionId: region_id, isGiving, amount, reason } = this.data
    if (!person) return
    const points = Math.floor(Number(amount)) * (isGiving ? 1 : -1)
    const proposed = await send(
      this,
      () => proposeAdjustment({ person_id: person.id, region_id, amount: points, reason: reason.trim() }),
      '已提出，等另一位同志同意',
    )
    if (!proposed) return
    this.stopProposing()
    this.setData({ which: 'pending' })
    void this.load()
  },
})
