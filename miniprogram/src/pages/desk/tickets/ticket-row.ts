import type { Ticket } from '../../../services/contract/ticket'
import { ticketParts, ticketStages } from '../../../wording/names'
import { length, timeAgo } from '../../../wording/time'

export interface TicketRow {
  id: string
  number: string
  text: string
  stage: string
  raised: string
  votes: string
  assignee: string
  /** 派单超时2小时; '' in time. */
  overdue: string
  rework: string
  whistled: boolean
  refused: boolean
}

export function toRow(ticket: Ticket): TicketRow {
  const { id, number, text, stage, raised_at, raiser_name, votes, assignee, rework, whistled, content_state } = ticket
  return {
    id,
    number,
    text,
    stage: ticketStages[stage] ?? '',
    raised: `${raiser_name} · ${timeAgo(raised_at)}`,
    votes: votes ? `${votes}人附议` : '',
    assignee: assignee?.name ?? '',
    overdue: overdueText(ticket),
    rework: rework ? `第${rework}次重办` : '',
    whistled,
    refused: content_state === 'refused',
  }
}

export function overdueText({ overdue }: Ticket, now = new Date()): string {
  if (!overdue) return ''
  const passed = length(now.getTime() - new Date(overdue.since).getTime())
  return `${ticketParts[overdue.part - 1] ?? ''}超时${passed}`
}
