import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { answerSpotCheck, getSpotCheckFigures, listSpotChecks, type Answer } from '../../../services/contract/oversight'
import { getPhone } from '../../../services/contract/person'
import { askReason, type Question } from '../asking'
import { placeOr } from '../desk-place'
import { countsText, monthName, rateText, toRow, type CheckRow, type State } from './check-row'

const states: { code: State; name: string }[] = [
  { code: 'open', name: '等打电话' },
  { code: 'not_reached', name: '没打通' },
  { code: 'not_confirmed', name: '说没做过' },
  { code: 'confirmed', name: '说做过' },
]

const unmasking = '街道抽查，核对服务记录'

const doubting: Question = {
  title: '本人怎么说的？',
  hint: '系统不扣分。要更正，请到这个人的积分里撤销那一笔。',
  phrases: ['说那天没有参加', '说时间没有这么长', '说不知道这件事'],
  confirm: '记下：说没做过',
}

const missing: Question = {
  title: '没打通的情况',
  hint: '可以不写。过后还能再打。',
  phrases: ['没人接', '关机', '号码不对', '没有电话，下次上门'],
  confirm: '记下：没打通',
  optional: true,
}

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    month: '',
    rate: '',
    counts: '',
    states,
    which: 'open' as State,
    items: [] as CheckRow[],
    cursor: '',
  },
  onLoad({ region_id = '' }: { region_id?: string }) {
    this.setData({ 'place.id': region_id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.list(this.data.place.id, cursor), toRow)
  },
  load() {
    return loadInto(this, async () => {
      const { id, name } = await placeOr(this.data.place.id)
      const { which } = this.data
      const [page, figures] = await Promise.all([this.list(id), getSpotCheckFigures(id)])
      if (which !== this.data.which) return {}
      return {
        place: { id, name },
        month: monthName(figures.month),
        rate: rateText(figures),
        counts: countsText(figures),
        ...firstPage(page, toRow),
      }
    })
  },
  list(regionId: string, cursor?: string) {
    return listSpotChecks(regionId, { state: this.data.which, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as State })
    void this.load()
  },

  /** Looks at the whole number, which the person can see, and rings. */
  async ring(event: WechatMiniprogram.TouchEvent) {
    const row = this.data.items.find(({ id }) => id === event.currentTarget.dataset.id)
    if (!row || !(await sure('看全号码并拨打？', `${row.person}能看到您为抽查看过号码。`, '拨打'))) return
    const answer = await send(this, () => getPhone(row.personId, { reason: unmasking }))
    if (answer) void wx.makePhoneCall({ phoneNumber: answer.phone, fail: () => undefined })
  },
  async confirm(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    if (await sure('本人说做过？', '记下以后不能再改。', '说做过')) await this.answer(id, { outcome: 'confirmed' })
  },
  doubt(event: WechatMiniprogram.TouchEvent) {
    void this.ask(String(event.currentTarget.dataset.id), 'not_confirmed', doubting)
  },
  miss(event: WechatMiniprogram.TouchEvent) {
    void this.ask(String(event.currentTarget.dataset.id), 'not_reached', missing)
  },
  async ask(id: string, outcome: Answer['outcome'], question: Question) {
    const note = await askReason(this, question)
    if (note !== undefined) await this.answer(id, { outcome, note })
  },
  async answer(id: string, answer: Answer) {
    if (await send(this, () => answerSpotCheck(id, answer), '已记下')) void this.load()
  },
})
