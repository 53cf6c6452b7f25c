import type { Page } from '../../../services/call'
import type { Ticket } from '../../../services/contract/ticket'

/** What is overdue first, the longest first; then what is due soonest. */
export function byDueTime(one: Ticket, other: Ticket): number {
  return dueKey(one).localeCompare(dueKey(other))
}

function dueKey({ overdue, due_at }: Ticket): string {
  return overdue ? `0 ${overdue.since}` : `1 ${due_at ?? ''}`
}

/** All pages of a list that has to be whole to be put in order. */
export async function everyItem<Item>(load: (cursor: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor = ''
  do {
    const page = await load(cursor)
    items.push(...page.items)
    cursor = page.next_cursor ?? ''
  } while (cursor)
  return items
}
