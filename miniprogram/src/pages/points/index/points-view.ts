import type { Entry, Own } from '../../../services/contract/points'
import { toDisputeView, type DisputeView } from '../../../wording/disputes'
import { gradeText } from '../../../wording/grades'
import { pointsKinds } from '../../../wording/names'
import { byStarOrder, starOf } from '../../../wording/stars'
import { minutesText, moment } from '../../../wording/time'

/** One line of the history. */
export interface EntryRow {
  id: string
  amount: string
  isGain: boolean
  source: string
  memo: string
  when: string
  star: string
  community: string
  confirmed: string
  isReversed: boolean
  dispute: DisputeView | null
}

/** The community is named only for those who have points in more than one. */
export function toEntryRow(entry: Entry, communities: Own['accounts']): EntryRow {
  const { id, amount, kind, memo, at, star = '', reversed = false } = entry
  const named = communities.length > 1 ? communities.find(({ region_id }) => region_id === entry.region_id) : undefined
  return {
    id,
    amount: amount > 0 ? `+${amount}` : String(amount),
    isGain: amount > 0 && !reversed,
    source: pointsKinds[kind] ?? '',
    memo,
    when: moment(at),
    star,
    community: named?.region_name ?? '',
    confirmed: confirmedText(entry),
    isReversed: reversed,
    dispute: entry.dispute ? toDisputeView(entry.dispute) : null,
  }
}

function confirmedText({ kind, confirmed_by }: Entry): string {
  if (confirmed_by) return `由 ${confirmed_by} 确认`
  return kind === 'redemption' ? '' : '由另一个人确认'
}

export function toOwnView({ balance, earned, by_star, service_minutes, grade, accounts }: Own) {
  return {
    balance,
    periods: [
      { name: '本月', amount: earned.month },
      { name: '本季', amount: earned.quarter },
      { name: '今年', amount: earned.year },
    ],
    accounts: accounts.length > 1 ? accounts : [],
    bars: Object.keys(by_star).map(starOf).sort(byStarOrder).map(({ star, name, color }) => ({ label: name, color, value: by_star[star] })),
    service: service_minutes ? minutesText(service_minutes) : '还没有',
    grade: gradeText(grade, service_minutes),
  }
}
