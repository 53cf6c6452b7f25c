import type { Ticket } from '../../../services/contract/ticket'
import type { Organisation } from '../../../services/contract/region'
import { organisationKinds, ticketStages } from '../../../wording/names'
import { moment, timeAgo, timeLeft } from '../../../wording/time'
import { overdueText } from '../tickets/ticket-row'

/** Whom a ticket may go to. */
export interface Assignee {
  id: string
  name: string
  kind: string
  chosen: boolean
}

/** The kind of an assignee who is no organisation. */
export const aPerson = '个人'

const kindOrder = ['partner', 'social', 'merchant']

/** Partner organisations first: they take most tickets. */
export const toAssignees = (organisations: Organisation[]): Assignee[] =>
  [...organisations]
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
    .map(({ id, name, kind }) => ({ id, name, kind: organisationKinds[kind] ?? '', chosen: false }))

export interface Step {
  title: string
  by: string
  text: string
}

const actNames: Record<string, string> = {
  raise: '点单',
  withdraw: '撤回',
  dispatch: '派单',
  recall: '收回',
  reject: '不予受理',
  merge: '合并',
  absorb: '并入一件',
  whistle: '吹哨到街道',
  accept: '接单',
  decline: '谢绝',
  lapse: '没有按时接单，退回派单',
  progress: '报进展',
  complete: '办结',
  withhold_points: '不计积分',
  review: '评价',
  backer_review: '附议人评价',
  unrated: '没有评价，自动办结',
}

/** What has happened since the ticket was raised, the latest first. */
const toSteps = ({ timeline }: Ticket): Step[] =>
  (timeline ?? [])
    .filter(({ act }) => act !== 'raise')
    .map(({ act, by, at, to, text }) => ({
      title: actNames[act] ?? '',
      by: [by, moment(at), (to ?? []).map(({ name }) => name).join('、')].filter(Boolean).join(' · '),
      text: text ?? '',
    }))
    .reverse()

export function aboutTicket(ticket: Ticket) {
  const { stage, whistled, due_at, assignee } = ticket
  return {
    number: ticket.number,
    text: ticket.text,
    place: ticket.place ?? '',
    photos: ticket.photos ?? [],
    raiserId: ticket.raiser_id ?? '',
    raiser: `${ticket.raiser_name}${ticket.helper_name ? `（${ticket.helper_name}代办）` : ''}`,
    raised: timeAgo(ticket.raised_at),
    votes: ticket.votes,
    stage: ticketStages[stage] ?? '',
    overdue: overdueText(ticket),
    assignee: assignee?.name ?? '',
    due: due_at && (stage === 'dispatched' || stage === 'accepted') ? `${moment(due_at)}前办结，${timeLeft(due_at)}` : '',
    steps: toSteps(ticket),
    mayDispatch: stage === 'raised',
    mayRecall: stage === 'dispatched' || stage === 'accepted',
    mayWhistle: stage === 'raised' && !whistled,
    whistled,
    refused: ticket.content_state === 'refused',
  }
}

export interface Similar {
  id: string
  text: string
  about: string
}

export const toSimilar = ({ id, number, text, votes, stage }: Ticket): Similar => ({
  id,
  text,
  about: `${number} · ${ticketStages[stage] ?? ''} · ${votes}人附议`,
})
