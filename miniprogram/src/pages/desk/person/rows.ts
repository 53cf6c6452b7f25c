import type { Card } from '../../../services/contract/person'
import type { Entry, Standing } from '../../../services/contract/points'
import { disputeStates } from '../../../wording/disputes'
import { pointsKinds } from '../../../wording/names'
import { starOf } from '../../../wording/stars'
import { moment } from '../../../wording/time'

export interface EntryRow {
  id: string
  kind: string
  kindName: string
  star: string
  /** +10 or -5 */
  amount: string
  isGain: boolean
  memo: string
  when: string
  confirmed: string
  reversed: boolean
  mayReverse: boolean
  /** Where a dispute of it stands; '' without one. */
  disputed: string
}

export function toEntryRow({ id, kind, star, amount, memo, at, confirmed_by, reversed, dispute }: Entry): EntryRow {
  return {
    id,
    kind,
    kindName: pointsKinds[kind] ?? '',
    star: star ?? '',
    amount: amount > 0 ? `+${amount}` : String(amount),
    isGain: amount > 0,
    memo,
    when: moment(at),
    confirmed: confirmed_by ? `${confirmed_by}确认` : '',
    reversed: reversed === true,
    mayReverse: kind !== 'reversal' && amount > 0 && !reversed,
    disputed: dispute ? `本人有疑问，${disputeStates[dispute.state]}` : '',
  }
}

export interface CardRow {
  id: string
  issued: string
  revoked: string
}

export const toCardRow = ({ id, issued_at, revoked_at }: Card): CardRow => ({
  id,
  issued: `${moment(issued_at)}制卡`,
  revoked: revoked_at ? `${moment(revoked_at)}已挂失` : '',
})

export interface StarBar {
  label: string
  value: number
  color: string
}

/** What was earned under each star, the most first. */
export const toStarBars = (standing?: Standing): StarBar[] =>
  Object.entries(standing?.by_star ?? {})
    .map(([code, value]) => ({ label: starOf(code).name || '不分星', value, color: starOf(code).color }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
