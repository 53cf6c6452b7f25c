import type { Dispute, Entry } from '../../../services/contract/points'
import { correctionText, disputedText, toDisputeView, verdictText, type DisputeView } from '../../../wording/disputes'

export interface DisputeRow extends DisputeView {
  personId: string
  regionId: string
  person: string
  community: string
  about: string
  mayRule: boolean
  /** Why the caller may not, of what waits; '' otherwise. */
  notMine: string
  upheld: string
  corrected: string
  raisedAt: string
}

export function toRow(dispute: Dispute): DisputeRow {
  const { person_id, region_id, person_name, region_name, state, kind, raised_at, may_answer, may_decide } = dispute
  const mayRule = may_answer === true || may_decide === true
  return {
    ...toDisputeView(dispute),
    personId: person_id,
    regionId: region_id,
    person: person_name,
    community: region_name,
    about: disputedText(dispute),
    mayRule,
    notMine: mayRule ? '' : notMine(state),
    upheld: verdictText(kind, 'upheld'),
    corrected: verdictText(kind, 'corrected'),
    raisedAt: raised_at,
  }
}

function notMine(state: Dispute['state']): string {
  if (state === 'open') return '这一笔经过您的手，请另一位同志来答复。'
  return state === 'appealed' ? '申诉由街道来定，答复过的人不参加。' : ''
}

/** An entry that may have put it right. */
export interface CorrectionChoice {
  id: string
  text: string
  chosen: boolean
}

/** What was corrected since the dispute was raised, all of it chosen to begin with. */
export const correctionsSince = ({ raisedAt, regionId }: DisputeRow, entries: Entry[]): CorrectionChoice[] =>
  entries
    .filter(({ kind, region_id, at }) => (kind === 'reversal' || kind === 'adjustment') && region_id === regionId && at >= raisedAt)
    .map((entry) => ({ id: entry.id, text: correctionText(entry), chosen: true }))
