import type { Claim } from '../../../services/contract/task'
import type { FileLink } from '../../../services/files'
import { timeAgo } from '../../../wording/time'

/** What one looks at to decide on a claim. */
export interface ClaimView {
  id: string
  title: string
  star: string
  points: number
  description: string
  personId: string
  person: string
  helper: string
  when: string
  text: string
  photos: FileLink[]
  /** What was said about it before: returned, rejected, appealed. */
  earlier: { id: string; title: string; text: string }[]
  appealText: string
  isOwn: boolean
}

const toldBefore: Record<string, string> = { returned: '退回过', rejected: '没有通过', appealed: '申诉', upheld: '街道维持', overturned: '街道改判' }

export function toView(claim: Claim, myId: string): ClaimView {
  const { id, task, photos, timeline, helper_name, person_name, submitted_at } = claim
  const told = timeline ?? []
  return {
    id,
    title: task?.title ?? '',
    star: task?.star ?? '',
    points: task?.points ?? 0,
    description: task?.description ?? '',
    personId: claim.person_id,
    person: person_name ?? '',
    helper: helper_name ? `${helper_name}代交` : '',
    when: submitted_at ? `${timeAgo(submitted_at)}交的` : '',
    text: claim.text ?? '',
    photos: photos ?? [],
    earlier: told
      .filter(({ act }) => act === 'returned' || act === 'rejected')
      .map((event) => ({ id: event.id, title: `${event.person_name ?? ''}${toldBefore[event.act]}`, text: event.text ?? '' })),
    appealText: told.filter(({ act }) => act === 'appealed').pop()?.text ?? '',
    isOwn: claim.person_id === myId || claim.helper_id === myId,
  }
}
