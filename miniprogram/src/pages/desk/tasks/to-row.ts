import type { Page } from '../../../services/call'
import type { Task } from '../../../services/contract/task'
import { repeats } from '../../../wording/names'
import { moment } from '../../../wording/time'

export interface TaskRow {
  id: string
  star: string
  title: string
  places: string
  until: string
  points: string
  /** 3份等审核; empty when nothing waits. */
  waiting: string
}

/** What waits for a review: how much in all (20, or 100多), and in words at each task. */
interface Waiting {
  inAll: string
  byTask: Map<string, string>
}

/** Reads it off the first page of what waits. */
export function waitingIn({ items, next_cursor }: Page<{ task_id: string }>): Waiting {
  const counts = new Map<string, number>()
  for (const { task_id } of items) counts.set(task_id, (counts.get(task_id) ?? 0) + 1)
  const [atLeast, more] = next_cursor ? ['至少', '多'] : ['', '']
  return {
    inAll: items.length ? `${items.length}${more}` : '',
    byTask: new Map([...counts].map(([id, count]) => [id, `${atLeast}${count}份等审核`])),
  }
}

export function toRow(task: Task, waiting: Waiting['byTask']): TaskRow {
  return {
    id: task.id,
    star: task.star,
    title: task.title,
    places: `${task.capacity}个名额，已领${task.capacity - task.places_left}个`,
    until: task.state === 'published' || task.state === 'draft' ? `认领到 ${moment(task.claim_until)}` : '',
    points: `${task.points}分，${repeats[task.repeat]}`,
    waiting: waiting.get(task.id) ?? '',
  }
}
