import { loadInto, loading } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { getRegion, listOrganisations, type Organisation } from '../../../services/contract/region'
import {
  dispatchTicket,
  getTicket,
  listSimilarTickets,
  mergeTicket,
  recallTicket,
  rejectTicket,
  whistleTicket,
  type NewDispatch,
  type Ticket,
} from '../../../services/contract/ticket'
import { hasRole, me } from '../../../services/me'
import type { FileLink } from '../../../services/files'
import { dayName, instant, pickerDate } from '../../../wording/time'
import { backTo } from '../desk-place'
import { askReason } from '../asking'
import { aboutTicket, aPerson, toAssignees, toSimilar, type Assignee, type Similar, type Step } from './view'

const list = '/pages/desk/tickets/index'
const day = 24 * 60 * 60 * 1000
const presetDays = 3
const noon = '12:00'

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    regionId: '',
    mayWhistleUp: false,
    number: '',
    text: '',
    place: '',
    photos: [] as FileLink[],
    raiserId: '',
    raiser: '',
    raised: '',
    votes: 0,
    stage: '',
    overdue: '',
    assignee: '',
    due: '',
    steps: [] as Step[],
    mayDispatch: false,
    mayRecall: false,
    mayWhistle: false,
    whistled: false,
    refused: false,
    similar: [] as Similar[],
    assignees: [] as Assignee[],
    chosen: 0,
    dueDate: '',
    dueDay: '',
    firstDate: '',
    dueTime: '18:00',
    note: '',
  },
  onLoad({ id = '' }: { id?: string }) {
    const now = new Date()
    this.setData({ id, firstDate: pickerDate(now) })
    this.setDue(pickerDate(new Date(now.getTime() + presetDays * day)))
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [ticket, person] = await Promise.all([getTicket(this.data.id), me()])
      const about = aboutTicket(ticket)
      const [organisations, similar] = about.mayDispatch
        ? await Promise.all([organisationsNear(ticket), listSimilarTickets({ region_id: ticket.region_id, text: ticket.text })])
        : [[], { items: [] }]
      return {
        ...about,
        regionId: ticket.region_id,
        mayWhistleUp: about.mayWhistle && hasRole(person, 'secretary', 'admin'),
        similar: similar.items.filter(({ id }) => id !== ticket.id).map(toSimilar),
        assignees: toAssignees(organisations),
        chosen: 0,
      }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    const id = event.currentTarget.dataset.id as string
    this.show(this.data.assignees.map((one) => (one.id === id ? { ...one, chosen: !one.chosen } : one)))
  },
  show(assignees: Assignee[]) {
    this.setData({ assignees, chosen: assignees.filter(({ chosen }) => chosen).length })
  },
  /** A person found by name joins the list, chosen. */
  addPerson(event: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    const others = this.data.assignees.filter(({ id }) => id !== event.detail.id)
    this.show([{ ...event.detail, kind: aPerson, chosen: true }, ...others])
  },
  chooseDate(event: WechatMiniprogram.PickerChange) {
    this.setDue(event.detail.value as string)
  },
  setDue(dueDate: string) {
    this.setData({ dueDate, dueDay: dayName(instant(dueDate, noon)) })
  },
  chooseTime(event: WechatMiniprogram.PickerChange) {
    this.setData({ dueTime: event.detail.value as string })
  },
  writeNote(event: WechatMiniprogram.Input) {
    this.setData({ note: event.detail.value })
  },
  async dispatch() {
    const { id, assignees, dueDate, dueTime, note } = this.data
    const dispatch = { ...toWhom(assignees.filter(({ chosen }) => chosen)), due_at: instant(dueDate, dueTime), note: note.trim() }
    if (await send(this, () => dispatchTicket(id, dispatch), '已派单')) backTo(list)
  },
  async reject() {
    const reason = await askReason(this, {
      title: '为什么不予受理？',
      hint: '点单的人会看到。',
      phrases: ['不属于社区能办的事', '已经有人在办', '公共地方不能归个人用', '说得不清楚，请再点一次单'],
      confirm: '不予受理',
    })
    if (reason === undefined) return
    if (await send(this, () => rejectTicket(this.data.id, { reason }), '已告知点单人')) backTo(list)
  },
  async whistle() {
    const note = await askReason(this, {
      title: '吹哨到街道',
      hint: '社区办不了的，请街道来派单。',
      phrases: ['不归社区管，请街道协调', '要几个单位一起办', '要街道出钱出人'],
      confirm: '吹哨',
    })
    if (note === undefined) return
    if (await send(this, () => whistleTicket(this.data.id, { note }), '已吹哨到街道')) void this.load()
  },
  async merge(event: WechatMiniprogram.TouchEvent) {
    const into = this.data.similar.find(({ id }) => id === event.currentTarget.dataset.id)
    if (!into) return
    const isSure = await sure('合并到这件？', `并到「${into.text}」里。附议一起并过去，每人只算一票。`, '合并')
    if (isSure && (await send(this, () => mergeTicket(this.data.id, { into: into.id }), '已合并'))) backTo(list)
  },
  async recall() {
    const reason = await askReason(this, {
      title: '为什么收回？',
      hint: '承办的单位会看到。收回后可以重新派单。',
      phrases: ['派错了单位', '一直没有进展', '换一家更合适'],
      confirm: '收回',
    })
    if (reason === undefined) return
    if (await send(this, () => recallTicket(this.data.id, { reason }), '已收回')) void this.load()
  },
})

/** One is dispatched to; several are offered to, and the first to accept has it. */
function toWhom(chosen: Assignee[]): Pick<NewDispatch, 'organisation_id' | 'person_id' | 'offer_to'> {
  const [only] = chosen
  if (chosen.length > 1) return { offer_to: chosen.map(({ id }) => id) }
  return only.kind === aPerson ? { person_id: only.id } : { organisation_id: only.id }
}

/** Those of the community, and of the street above it. */
async function organisationsNear({ region_id }: Ticket): Promise<Organisation[]> {
  const community = await getRegion(region_id)
  const regions = [region_id, community.parent_id].filter((id): id is string => !!id)
  const lists = regions.map((id) => wholeList((cursor) => listOrganisations({ region_id: id, limit: 100, cursor })))
  return (await Promise.all(lists)).flat()
}
