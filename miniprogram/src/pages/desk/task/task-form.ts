import type { Change, NewTask, Task } from '../../../services/contract/task'
import { clock, dayName, instant, pickerDate } from '../../../wording/time'
import type { Template } from './templates'

/** What is typed and chosen on the page, as it stands there. */
export interface TaskForm {
  star: string
  title: string
  description: string
  place: string
  points: string
  capacity: string
  claimDate: string
  claimTime: string
  dueDate: string
  dueTime: string
  repeat: Task['repeat']
  verify: Task['verify']
  text: boolean
  photosBefore: boolean
  photosAfter: boolean
  reason: string
  stationId: string
  weight: number
}

const daysToClaim = 7
const daysToFinish = 14
const evening = '18:00'

const inDays = (days: number, now: Date): string => pickerDate(new Date(now.getTime() + days * 86_400_000))

/** The days of a form as people say them. */
export const daysOf = ({ claimDate, dueDate }: TaskForm) => ({ claimDay: dayText(claimDate), dueDay: dayText(dueDate) })

const noon = '12:00'
const dayText = (date: string): string => dayName(instant(date, noon))

/** A week to claim, two to finish, nothing to hand in. */
export function emptyForm(star: string, now = new Date()): TaskForm {
  return {
    star,
    title: '',
    description: '',
    place: '',
    points: '10',
    capacity: '10',
    claimDate: inDays(daysToClaim, now),
    claimTime: evening,
    dueDate: inDays(daysToFinish, now),
    dueTime: evening,
    repeat: 'once',
    verify: 'review',
    text: false,
    photosBefore: false,
    photosAfter: false,
    reason: '',
    stationId: '',
    weight: 1,
  }
}

export function formFrom({ star, title, description, points, capacity, repeat }: Template, now = new Date()): TaskForm {
  return { ...emptyForm(star, now), title, description, points: String(points), capacity: String(capacity), repeat }
}

export function formOf(task: Task): TaskForm {
  return {
    star: task.star,
    title: task.title,
    description: task.description,
    place: task.place,
    points: String(task.points),
    capacity: String(task.capacity),
    claimDate: pickerDate(new Date(task.claim_until)),
    claimTime: clock(task.claim_until),
    dueDate: pickerDate(new Date(task.due_at)),
    dueTime: clock(task.due_at),
    repeat: task.repeat,
    verify: task.verify,
    text: task.evidence.text ?? false,
    photosBefore: task.evidence.photos_before ?? false,
    photosAfter: task.evidence.photos_after ?? false,
    reason: '',
    stationId: task.station_id ?? '',
    weight: task.draw_weight,
  }
}

/** The same task to be written once more: the days begin anew. */
export function copyOf(task: Task, now = new Date()): TaskForm {
  const { claimDate, claimTime, dueDate, dueTime } = emptyForm(task.star, now)
  return { ...formOf(task), claimDate, claimTime, dueDate, dueTime }
}

export const newTaskOf = (form: TaskForm, regionId: string, photoIds: string[]): NewTask => ({
  region_id: regionId,
  photo_ids: photoIds,
  ...textsOf(form),
  ...promiseOf(form),
})

export const draftChangeOf = (form: TaskForm, photoIds: string[]): Change => ({
  photo_ids: photoIds,
  ...textsOf(form),
  ...promiseOf(form),
})

/** What may still change once people have taken the task. */
export const publishedChangeOf = (form: TaskForm, photoIds: string[]): Change => ({ photo_ids: photoIds, ...textsOf(form) })

const textsOf = ({ title, description, place, capacity, weight }: TaskForm) => ({
  title,
  description,
  place,
  capacity: whole(capacity),
  draw_weight: weight,
})

const promiseOf = (form: TaskForm) => ({
  star: form.star,
  points: whole(form.points),
  claim_until: instant(form.claimDate, form.claimTime),
  due_at: instant(form.dueDate, form.dueTime),
  repeat: form.repeat,
  verify: form.verify,
  evidence: evidenceOf(form),
  station_id: form.stationId,
  reason: form.reason,
})

/** Whoever is scanned at the place hands in nothing. */
const evidenceOf = ({ verify, text, photosBefore, photosAfter }: TaskForm) =>
  verify === 'scan' ? {} : { text, photos_before: photosBefore, photos_after: photosAfter }

/** 0, which the server refuses in words, for what is no number. */
const whole = (typed: string): number => Math.trunc(Number(typed)) || 0
