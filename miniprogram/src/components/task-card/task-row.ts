import type { Task } from '../../services/contract/task'
import { timeLeft } from '../../wording/time'

export interface TaskRow {
  id: string
  star: string
  title: string
  place: string
  points: string
  /** What decides whether one can still take it: places and time. */
  left: string
  isTaken: boolean
}

export function toTaskRow(task: Task, now = new Date()): TaskRow {
  const { id, star, title, place } = task
  return { id, star, title, place, points: `${task.points} 积分`, left: placesText(task, now), isTaken: Boolean(task.my_claim_id) }
}

export function isOpen(task: Task, now = new Date()): boolean {
  return task.state === 'published' && task.places_left > 0 && new Date(task.claim_until) > now
}

function placesText(task: Task, now: Date): string {
  if (task.state !== 'published' || new Date(task.claim_until) <= now) return '认领已结束'
  if (task.places_left <= 0) return '名额已领完'
  return `还剩 ${task.places_left} 个名额 · 认领${timeLeft(task.claim_until, now)}`
}
