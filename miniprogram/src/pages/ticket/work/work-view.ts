import { dueText, lateText, reworkText, stageText, votesText } from '../../../components/ticket-card/ticket-row'
import type { Ticket } from '../../../services/contract/ticket'
import { ticketCategories } from '../../../wording/names'

/** What an assignee sees of a ticket beside its four parts, and may do to it. */
export function toWork(ticket: Ticket) {
  const isOffered = ticket.may_accept === true
  const asked = isOffered ? lastDispatch(ticket)?.to?.length ?? 0 : 0
  return {
    title: `${ticketCategories[ticket.category]} · ${ticket.number}`,
    stage: isOffered ? '等您接单' : stageText(ticket),
    place: ticket.place ?? '',
    due: dueText(ticket),
    late: lateText(ticket),
    rework: reworkText(ticket),
    votes: votesText(ticket.votes),
    asked: asked > 1 ? `社区同时问了${asked}家，谁先接就是谁的。` : '',
    mayAccept: isOffered,
    mayWork: ticket.may_work === true,
  }
}

export type Work = ReturnType<typeof toWork>

const lastDispatch = ({ timeline }: Ticket) => (timeline ?? []).filter(({ act }) => act === 'dispatch').pop()
