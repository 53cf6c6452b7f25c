import type { Page } from '../../../services/call'
import { length } from '../../../wording/time'

/** A kind of work that waits, as a line of the page. */
export interface Work {
  title: string
  /** 3件, or 20多件 when there are more than one page holds. */
  count: string
  note: string
  url: string
  urgent: boolean
  /** When the longest waiting began to wait, in milliseconds. */
  since: number
}

interface Waiting<Item> {
  title: string
  unit: string
  url: string
  urgent?: boolean
  page: Page<Item>
  /** What waits for others than the caller is left out. */
  isMine?: (item: Item) => boolean
  since: (item: Item) => string | undefined
}

/** undefined when nothing waits. */
export function workOf<Item>(waiting: Waiting<Item>, now = new Date()): Work | undefined {
  const { title, unit, url, urgent = false, page, isMine = () => true, since } = waiting
  const items = page.items.filter(isMine)
  if (!items.length) return undefined
  const times = items.map(since).filter((time): time is string => !!time)
  const first = Math.min(now.getTime(), ...times.map((time) => new Date(time).getTime()))
  const note = times.length ? waitedNote(now.getTime() - first, urgent, items.length) : ''
  const count = `${items.length}${page.next_cursor ? '多' : ''}${unit}`
  return { title, count, url, urgent, since: first, note }
}

function waitedNote(waited: number, urgent: boolean, count: number): string {
  const which = count > 1 ? '最久的' : ''
  return urgent ? `${which}已超过${length(waited)}` : `${which}已等${length(waited)}`
}

/** What is overdue comes first, then what has waited longest. */
export const mostUrgentFirst = (work: (Work | undefined)[]): Work[] =>
  work
    .filter((one): one is Work => one !== undefined)
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.since - b.since)
