import type { Adjustment } from '../../../services/contract/points'
import { timeAgo } from '../../../wording/time'

export interface AdjustmentRow {
  id: string
  personId: string
  regionId: string
  person: string
  /** +10分 */
  amount: string
  isGain: boolean
  reason: string
  proposed: string
  decided: string
  isPending: boolean
  /** The caller proposed it. */
  isOwn: boolean
  /** It is about the caller. */
  isAboutMe: boolean
}

export const toRow = (myId: string) => (adjustment: Adjustment): AdjustmentRow => {
  const { id, person_id, person_name, region_id, amount, reason, state, proposed_by, proposed_by_name, proposed_at, decided_at } = adjustment
  return {
    id,
    personId: person_id,
    regionId: region_id,
    person: person_name,
    amount: `${amount > 0 ? '+' : ''}${amount}分`,
    isGain: amount > 0,
    reason,
    proposed: `${proposed_by_name}提出 · ${timeAgo(proposed_at)}`,
    decided: decided_at ? `${timeAgo(decided_at)}${state === 'posted' ? '同意' : '没有同意'}` : '',
    isPending: state === 'pending',
    isOwn: proposed_by === myId,
    isAboutMe: person_id === myId,
  }
}
