import type { Activity } from '../services/contract/team'
import { span } from './time'

/** How an activity and a person's part in it are told. */

const minute = 60_000
/** People are checked in from this long before the start, and checked out until this long after the end. */
const margin = 30 * minute

/**
 * Where an activity stands at a moment: `soon` before people are checked in, `open` while they are, `leaving`
 * while they can still check out, `over` when only the leader has something to do; else the server's state.
 */
export type Phase = 'soon' | 'open' | 'leaving' | 'over' | 'draft' | 'closed' | 'confirmed' | 'cancelled'

export function phaseOf(activity: Activity, now = new Date()): Phase {
  if (activity.state !== 'published') return activity.state
  const at = now.getTime()
  const end = Date.parse(activity.ends_at)
  if (at < Date.parse(activity.starts_at) - margin) return 'soon'
  if (at <= end) return 'open'
  return at <= end + margin ? 'leaving' : 'over'
}

/** Whoever came may still check out. */
export const takesCheckOut = (phase: Phase): boolean => phase === 'soon' || phase === 'open' || phase === 'leaving'

/** For who came, and did not check out in time. */
export const notCheckedOut = '没有签退，由队长核对时长'

const phaseNames: Record<Phase, string> = {
  soon: '可以报名',
  open: '正在进行',
  leaving: '刚刚结束',
  over: '等待队长结束',
  draft: '等待发布',
  closed: '等待书记确认',
  confirmed: '已结束',
  cancelled: '已取消',
}

export const phaseName = (activity: Activity, now = new Date()): string => phaseNames[phaseOf(activity, now)]

/** What I have to do with it, in a few characters; '' for nothing. */
export function myPart({ mine, state }: Activity): string {
  if (state === 'cancelled') return ''
  if (mine?.checked_out_at || (mine?.checked_in_at && state !== 'published')) return '已参加'
  if (mine?.checked_in_at) return '已签到'
  if (!mine?.signup) return ''
  if (state !== 'published') return '没有来'
  return mine.signup === 'waiting' ? '候补中' : '已报名'
}

export function placesText(activity: Activity): string {
  if (activity.state === 'draft') return `${activity.capacity}个名额`
  if (activity.state !== 'published') return `${activity.checked_in}人参加`
  if (activity.places_left > 0) return `还有${activity.places_left}个名额`
  if (activity.waiting) return `名额已满，${activity.waiting}人候补`
  return activity.mine?.signup ? '名额已满' : '名额已满，可以候补'
}

export interface ActivityRow {
  id: string
  title: string
  star: string
  isWhistle: boolean
  phase: string
  isNow: boolean
  mine: string
  when: string
  place: string
  places: string
}

export function toActivityRow(activity: Activity, now = new Date()): ActivityRow {
  const phase = phaseOf(activity, now)
  return {
    id: activity.id,
    title: activity.title,
    star: activity.star ?? '',
    isWhistle: activity.kind === 'whistle',
    phase: phaseNames[phase],
    isNow: phase === 'open',
    mine: myPart(activity),
    when: span(activity.starts_at, activity.ends_at, now),
    place: activity.place.name,
    places: phase === 'cancelled' ? '' : placesText(activity),
  }
}
