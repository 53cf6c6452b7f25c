import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { decideOddCase, listOddCases, type Decision, type OddCase } from '../../../services/contract/oversight'
import { askReason, type Question } from '../asking'
import { isCommunity, placeOr } from '../desk-place'
import { kindNames, toRow, type CaseRow, type Kind } from './case-row'

type State = OddCase['state']

const states: { code: State; name: string }[] = [
  { code: 'open', name: '等看一看' },
  { code: 'taken_up', name: '已接手' },
  { code: 'dismissed', name: '没有问题' },
]

const kinds: { code: Kind | ''; name: string }[] = [
  { code: '', name: '全部' },
  ...Object.entries(kindNames).map(([code, name]) => ({ code: code as Kind, name })),
]

const takingUp: Question = {
  title: '打算怎么核实？',
  hint: '接手以后，该更正的走撤销和手工调整，照样要两个人。',
  phrases: ['找本人问清楚', '对照签到表再看一遍', '请队长说明'],
  confirm: '我来核实',
}

const dismissing: Question = {
  title: '为什么没有问题？',
  hint: '写下来，以后查得到。',
  phrases: ['问过本人，情况属实', '老人没有手机，家人帮着签的', '一次补登了以前的服务'],
  confirm: '没有问题',
}

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    isAbove: false,
    states,
    kinds,
    which: 'open' as State,
    kind: '' as Kind | '',
    kindName: kinds[0].name,
    items: [] as CaseRow[],
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
      const place = await placeOr(this.data.place.id)
      const { which, kind } = this.data
      const page = await this.list(place.id)
      if (which !== this.data.which || kind !== this.data.kind) return {}
      return { place: { id: place.id, name: place.name }, isAbove: !isCommunity(place), ...firstPage(page, toRow) }
    })
  },
  list(regionId: string, cursor?: string) {
    return listOddCases(regionId, { state: this.data.which, kind: this.data.kind || undefined, cursor })
  },
  chooseState(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as State })
    void this.load()
  },
  chooseKind(event: WechatMiniprogram.PickerChange) {
    const { code, name } = kinds[Number(event.detail.value)]
    this.setData({ kind: code, kindName: name })
    void this.load()
  },
  takeUp(event: WechatMiniprogram.TouchEvent) {
    void this.decide(String(event.currentTarget.dataset.id), 'take_up', takingUp, '已接手')
  },
  dismiss(event: WechatMiniprogram.TouchEvent) {
    void this.decide(String(event.currentTarget.dataset.id), 'dismiss', dismissing, '已记下，没有问题')
  },
  async decide(id: string, verdict: Decision['verdict'], question: Question, done: string) {
    const note = await askReason(this, question)
    if (note === undefined) return
    if (await send(this, () => decideOddCase(id, { verdict, note }), done)) void this.load()
  },
})
