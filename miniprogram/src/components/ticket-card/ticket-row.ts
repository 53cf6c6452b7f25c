import type { Ticket } from '../../services/contract/ticket'
import { outcomes, ticketCategories, ticketStages } from '../../wording/names'
import { length, moment, timeAgo, timeLeft } from '../../wording/time'

export interface TicketRow {
  id: string
  category: string
  stage: string
  /** Something is late, or waits for this person. */
  isUrgent: boolean
  opening: string
  place: string
  who: string
  when: string
  votes: string
  rework: string
  due: string
  late: string
  mine: boolean
  voted: boolean
  isOpen: boolean
}

export function toTicketRow(ticket: Ticket, now = new Date()): TicketRow {
  const { id, category, place = '', mine, voted } = ticket
  const late = lateText(ticket, now)
  return {
    id,
    category: ticketCategories[category],
    stage: stageText(ticket),
    isUrgent: Boolean(late) || awaitsRaiser(ticket),
    opening: openingOf(ticket.text),
    place,
    who: mine ? '我点的单' : ticket.raiser_name,
    when: timeAgo(ticket.raised_at, now),
    votes: votesText(ticket.votes),
    rework: reworkText(ticket),
    due: late ? '' : dueText(ticket, now),
    late,
    mine,
    voted,
    isOpen: isOpen(ticket),
  }
}

/** Neighbours may still back it. */
export const isOpen = ({ stage }: Ticket): boolean => ['raised', 'dispatched', 'accepted'].includes(stage)

export const votesText = (votes: number): string => (votes ? `${votes} 位邻居附议` : '还没有人附议')

export function stageText(ticket: Ticket): string {
  if (awaitsRaiser(ticket)) return '请您评单'
  if (ticket.stage !== 'closed') return ticketStages[ticket.stage]
  if (ticket.closed_as === 'unrated') return '没有人评价'
  if (ticket.closed_as === 'unsolved') return '没有解决'
  return `${ticket.score}分 · ${outcomes[ticket.outcome ?? '']}`
}

/** 第1次重办, while it goes on. */
export const reworkText = (ticket: Ticket): string =>
  ticket.rework && (isOpen(ticket) || ticket.stage === 'completed') ? `第${ticket.rework}次重办` : ''

export function dueText(ticket: Ticket, now = new Date()): string {
  const inWork = ticket.stage === 'dispatched' || ticket.stage === 'accepted'
  if (!inWork || !ticket.due_at) return ''
  return `${moment(ticket.due_at, now)} 前办完，${timeLeft(ticket.due_at, now)}`
}

export function lateText({ overdue, stage }: Ticket, now = new Date()): string {
  if (!overdue) return ''
  const by = length(now.getTime() - new Date(overdue.since).getTime())
  if (stage === 'raised') return `还没派单，晚了${by}`
  return stage === 'dispatched' ? `还没接单，晚了${by}` : `还没办完，超期${by}`
}

const awaitsRaiser = ({ mine, stage }: Ticket): boolean => mine && stage === 'completed'

const openingLength = 70

const openingOf = (text: string): string => (text.length > openingLength ? `${text.slice(0, openingLength)}……` : text)
