import { dueText, isOpen, lateText, stageText, votesText } from '../../../components/ticket-card/ticket-row'
import type { Ticket } from '../../../services/contract/ticket'
import { homeCommunity, type Person } from '../../../services/me'
import { ticketCategories } from '../../../wording/names'

/** What a resident sees of a ticket beside its four parts, and may do to it. */
export function toDetail(ticket: Ticket, person: Person) {
  const livesThere = homeCommunity(person) === ticket.region_id
  const mayBack = isOpen(ticket) && livesThere && !ticket.mine
  return {
    title: `${ticketCategories[ticket.category]} · ${ticket.number}`,
    stage: stageText(ticket),
    votes: votesText(ticket.votes),
    place: ticket.place ?? '',
    due: dueText(ticket),
    late: lateText(ticket),
    notes: notesOf(ticket),
    mayBack: mayBack && !ticket.voted,
    mayTakeBack: isOpen(ticket) && ticket.voted,
    mayReview: ticket.may_review === true,
    mayBeTold: isOpen(ticket) && ticket.mine,
    mayWithdraw: ticket.mine && ticket.stage === 'raised',
    mergedUrl: ticket.merged_into ? `/pages/ticket/detail/index?id=${ticket.merged_into}` : '',
  }
}

export type Detail = ReturnType<typeof toDetail>

/** What the state of a ticket means, in plain words. */
function notesOf(ticket: Ticket): string[] {
  const notes: string[] = []
  if (ticket.mine && ticket.content_state === 'refused') notes.push('您写的文字没有通过核对，邻居看不到。请换个说法，重新点单，或打电话给社区。')
  if (ticket.rework && isOpen(ticket)) notes.push(reworkNote(ticket))
  if (ticket.whistled && isOpen(ticket)) notes.push('这件事社区办不了，已经请街道帮忙。')
  const closing = ticket.closed_as && closings[ticket.closed_as]
  if (closing) notes.push(closing)
  if (ticket.stage === 'withdrawn') notes.push('点单人自己撤回了，不再办理。')
  if (ticket.stage === 'rejected') notes.push('社区没有受理，原因写在下面「派单」里。')
  if (ticket.stage === 'merged') notes.push('和另一件是同一件事，附议也一起转过去了。')
  return notes
}

const reworkNote = ({ mine, rework }: Ticket): string =>
  `${mine ? '您' : '点单人'}觉得没办好，打了1分或2分，所以退回社区重新派单、重新办理。这是第${rework}次重办，最多2次。以前写的都留着，不会改。`

const closings: Record<string, string> = {
  unrated: '办完以后，到时间没有人评价，就这样办结了。没有评价不等于满意，不算进满意率。',
  unsolved: '重办了两次，点单人还是不满意，如实记作「没有解决」。',
}
