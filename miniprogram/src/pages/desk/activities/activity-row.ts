import type { Activity } from '../../../services/contract/team'
import { activityStates } from '../../../wording/names'
import { span } from '../../../wording/time'

export interface ActivityRow {
  id: string
  title: string
  star: string
  isWhistle: boolean
  state: string
  when: string
  place: string
  came: string
  /** People with something odd about their attendance; 0 until it is known. */
  odd: number
  overdue: boolean
}

export function toRow({ id, title, star, kind, state, starts_at, ends_at, place, checked_in, overdue }: Activity): ActivityRow {
  return {
    id,
    title,
    star: star ?? '',
    isWhistle: kind === 'whistle',
    state: activityStates[state] ?? '',
    when: span(starts_at, ends_at),
    place: place.name,
    came: state === 'draft' ? '' : `来了${checked_in}人`,
    odd: 0,
    overdue: overdue === true,
  }
}

export const oddFirst = (rows: ActivityRow[]): ActivityRow[] => [...rows].sort((a, b) => b.odd - a.odd)
