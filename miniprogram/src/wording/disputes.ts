import type { Dispute } from '../services/contract/points'
import { pointsKinds } from './names'
import { minutesText, moment } from './time'

type Event = Dispute['timeline'][number]

export const disputeStates: Record<Dispute['state'], string> = {
  open: '等社区答复',
  answered: '社区已答复',
  appealed: '等街道裁决',
  decided: '街道已裁决',
  withdrawn: '已撤回',
}

/** What was said in a dispute, line by line. */
export interface DisputeView {
  id: string
  kind: Dispute['kind']
  stateName: string
  isWaiting: boolean
  canAppeal: boolean
  lines: DisputeLine[]
}

export interface DisputeLine {
  id: string
  title: string
  text: string
  /** -10 分，更正，今天 14:30 */
  corrections: string[]
  when: string
  isAnswer: boolean
}

export const toDisputeView = (dispute: Dispute): DisputeView => ({
  id: dispute.id,
  kind: dispute.kind,
  stateName: disputeStates[dispute.state],
  isWaiting: dispute.state === 'open' || dispute.state === 'appealed',
  canAppeal: dispute.state === 'answered',
  lines: dispute.timeline.map((event) => toLine(event, dispute.kind)),
})

const toLine = (event: Event, kind: Dispute['kind']): DisputeLine => ({
  id: event.id,
  title: titleOf(event, kind),
  text: event.text ?? '',
  corrections: (event.corrections ?? []).map(correctionText),
  when: moment(event.at),
  isAnswer: event.verdict !== undefined,
})

function titleOf({ act, verdict, person_name, helper_name }: Event, kind: Dispute['kind']): string {
  const who = helper_name ? `${person_name}（${helper_name}代提）` : person_name
  if (act === 'raised') return `${who}提出`
  if (act === 'appealed') return `${who}向街道申诉`
  return `${who}${act === 'answered' ? '答复' : '裁决'}：${verdictText(kind, verdict)}`
}

/** What a verdict comes to. */
export function verdictText(kind: Dispute['kind'], verdict: Event['verdict']): string {
  if (kind === 'missing') return verdict === 'corrected' ? '已经补记' : '核对过，没有漏记'
  return verdict === 'corrected' ? '已经更正' : '核对过，记得没错'
}

/** -10 分，更正，今天 14:30 */
export const correctionText = ({ amount, kind, at }: { amount: number; kind: string; at: string }): string =>
  `${amount > 0 ? '+' : ''}${amount} 分，${pointsKinds[kind] ?? ''}，${moment(at)}`

/** What a dispute is about, in a line. */
export function disputedText({ kind, about }: Dispute): string {
  if (kind === 'missing' || !about) return '少记了，历史里没有这一笔'
  if (kind === 'minutes') return `服务时长${minutesText(about.minutes ?? 0)}，${moment(about.at)}`
  const amount = about.amount ?? 0
  return `${amount > 0 ? '+' : ''}${amount} 分，${about.memo ?? ''}，${moment(about.at)}`
}
