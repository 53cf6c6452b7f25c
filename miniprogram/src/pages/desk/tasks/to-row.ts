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
  /** Empty when nothing waits. */
  waiting: string
}

/** waiting tells how many submissions of each task wait for a review. */
export function toRow(task: Task, waiting: Map<string, number>): TaskRow {
  const waits = waiting.get(task.id) ?? 0
  return {
    id: task.id,
    star: task.star,
    title: task.title,
    places: `${task.capacity}个名额，已领${task.capacity - task.places_left}个`,
    until: task.state === 'published' || task.state === 'draft' ? `认领到 ${moment(task.claim_until)}` : '',
    points: `${task.points}分，${repeats[task.repeat]}`,
    waiting: waits ? `${waits}份等审核` : '',
  }
}
