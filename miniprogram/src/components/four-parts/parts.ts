import type { FileLink } from '../../services/files'
import type { Ticket } from '../../services/contract/ticket'
import { outcomes, scoreWords, ticketParts, ticketPhases } from '../../wording/names'
import { moment } from '../../wording/time'

type Event = NonNullable<Ticket['timeline']>[number]
type Act = Event['act']

/** One of the four parts of the form. */
export interface Part {
  number: number
  name: string
  /** open: the one being filled now; unused: the ticket ended before it. */
  state: 'filled' | 'open' | 'coming' | 'unused'
  stateName: string
  lines: Line[]
  /** What is awaited in it; '' when nothing is. */
  awaited: string
}

/** One thing that was done: who, when, what, photos. */
export interface Line {
  key: number
  what: string
  /** 第1次重办 on what was done after a bad review. */
  round: string
  who: string
  when: string
  text: string
  /** Said of the text, when it is not there or not yet for all. */
  note: string
  due: string
  photos: FileLink[]
  otherUrl: string
}

export function toParts(ticket: Ticket, now = new Date()): Part[] {
  const lines = toLines(ticket, now)
  const open = openPart[ticket.stage] ?? 0
  return ticketParts.map((name, index) => {
    const number = index + 1
    const own = lines.filter(({ part }) => part === number).map(({ line }) => line)
    const state = stateOf(number, open, own)
    const awaited = state === 'open' ? awaitedIn[ticket.stage] : state === 'coming' ? '还没到这一步' : ''
    return { number, name, state, stateName: stateNames[state], lines: own, awaited: awaited ?? '' }
  })
}

const openPart: Partial<Record<Ticket['stage'], number>> = { raised: 2, dispatched: 3, accepted: 3, completed: 4 }

const stateNames = { filled: '已填写', open: '现在到这一步', coming: '', unused: '没有用到' }

const awaitedIn: Partial<Record<Ticket['stage'], string>> = {
  raised: '等社区派给能办的单位',
  dispatched: '等着接单',
  accepted: '正在办理，有进展会写在这里',
  completed: '等点单的居民评价办得怎么样',
}

function stateOf(number: number, open: number, lines: Line[]): Part['state'] {
  if (number === open) return 'open'
  if (lines.length) return 'filled'
  return open ? 'coming' : 'unused'
}

function toLines(ticket: Ticket, now: Date): { part: number; line: Line }[] {
  const timeline = ticket.timeline ?? []
  return timeline.map((event, key) => ({
    part: event.part,
    line: toLine(ticket, event, key, Math.min(ticket.rework, badReviews(timeline.slice(0, key))), now),
  }))
}

function toLine(ticket: Ticket, event: Event, key: number, rework: number, now: Date): Line {
  return {
    key,
    what: whatOf(event),
    round: rework ? `第${rework}次重办` : '',
    who: event.helper ? `${event.by}（${event.helper}帮办）` : event.by,
    when: moment(event.at, now),
    text: event.text ?? '',
    note: noteOf(event, ticket.mine),
    due: event.due_at ? `${moment(event.due_at, now)} 前办完` : '',
    photos: event.photos ?? [],
    otherUrl: event.ticket_id ? `/pages/ticket/detail/index?id=${event.ticket_id}` : '',
  }
}

/** Each but the last possible one sends the ticket back. */
const badReviews = (earlier: Event[]): number =>
  earlier.filter(({ act, score = 0 }) => act === 'review' && score <= 2).length

const acts: Record<Act, string> = {
  raise: '', // the part's own name says it
  withdraw: '点单人撤回了',
  dispatch: '派单',
  recall: '收回，另外派单',
  reject: '不予受理',
  merge: '合并到另一件',
  absorb: '另一件合并进来',
  whistle: '吹哨，请街道帮忙',
  accept: '接单',
  decline: '谢绝',
  lapse: '到时间没有人接单，退回派单',
  progress: '办理进展',
  complete: '办完了',
  withhold_points: '没有发点单积分',
  review: '评单',
  backer_review: '附议居民评单',
  unrated: '到时间没有人评价，按“未评价”办结，不算满意',
}

function whatOf(event: Event): string {
  const { act, to, phase, score, outcome, ticket_number } = event
  if (act === 'dispatch' && to?.length) return dispatchText(to.map(({ name }) => name))
  if (act === 'progress') return ticketPhases[phase ?? ''] ?? acts.progress
  if (score && outcome) return `${acts[act]}：${score}分，${scoreWords[score]}，${outcomes[outcome]}`
  return ticket_number ? `${acts[act]}（${ticket_number}）` : acts[act]
}

const dispatchText = (names: string[]): string =>
  names.length === 1 ? `派给 ${names[0]}` : `同时问了 ${names.join('、')}，谁先接谁办`

function noteOf({ text, content_state, act }: Event, mine: boolean): string {
  if (content_state === 'refused') return text ? '文字没有通过核对，邻居看不到' : '文字没有通过核对'
  if (content_state !== 'pending') return ''
  if (!text) return '文字正在核对，过一会儿就能看到'
  return act === 'raise' && mine ? '文字正在核对，通过以后邻居才能看到' : ''
}
