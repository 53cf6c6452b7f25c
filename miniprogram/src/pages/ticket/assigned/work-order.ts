import type { Ticket } from '../../../services/contract/ticket'

/** What is overdue first, the longest first; then what is due soonest. */
export function byDueTime(one: Ticket, other: Ticket): number {
  return dueKey(one).localeCompare(dueKey(other))
}

function dueKey({ overdue, due_at }: Ticket): string {
  return overdue ? `0 ${overdue.since}` : `1 ${due_at ?? ''}`
}
