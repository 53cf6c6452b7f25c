import type { Claim } from '../../services/contract/task'
import { claimStates } from '../../wording/names'
import { moment, timeLeft } from '../../wording/time'

export interface ClaimRow {
  id: string
  star: string
  title: string
  state: string
  isUrgent: boolean
  /** The time that matters now. */
  when: string
  reason: string
}

const day = 24 * 3600_000

export function toClaimRow(claim: Claim, now = new Date()): ClaimRow {
  const isToDo = claim.state === 'claimed' || claim.state === 'returned'
  return {
    id: claim.id,
    star: claim.task?.star ?? '',
    title: claim.task?.title ?? '微任务',
    state: stateText(claim),
    isUrgent: isToDo && (claim.state === 'returned' || new Date(claim.due_at).getTime() - now.getTime() < day),
    when: whenText(claim, now),
    reason: claim.state === 'returned' || claim.state === 'rejected' ? (claim.reason ?? '') : '',
  }
}

export function stateText(claim: Claim): string {
  if (claim.appeal === 'pending') return '申诉中'
  if (claim.appeal === 'upheld') return '申诉未通过'
  return claimStates[claim.state] ?? ''
}

function whenText(claim: Claim, now: Date): string {
  if (claim.state === 'claimed' || claim.state === 'returned') return `完成期限${timeLeft(claim.due_at, now)}`
  if (claim.state === 'submitted' && claim.submitted_at) return `${moment(claim.submitted_at, now)} 交的`
  return moment(claim.decided_at ?? claim.claimed_at, now)
}
