import type { Check } from '../../../services/contract/content'
import { timeAgo } from '../../../wording/time'

export interface CheckRow {
  id: string
  what: string
  text: string
  isPicture: boolean
  fileId: string
  /** On this phone, once it has come. */
  picture: string
  pictureFailed: boolean
  when: string
  isOwn: boolean
}

const subjects: Record<string, string> = { ticket: '四联单里写的', claim: '微任务里写的', activity: '活动里写的', dispute: '积分疑问里写的', file: '照片' }

export const toRow = (myId: string) => ({ id, medium, subject_kind, subject_id, content, created_at, person_id, helper_id }: Check): CheckRow => ({
  id,
  what: subjects[subject_kind] ?? '写的话',
  text: content ?? '',
  isPicture: medium === 'picture',
  fileId: medium === 'picture' ? subject_id : '',
  picture: '',
  pictureFailed: false,
  when: timeAgo(created_at),
  isOwn: person_id === myId || helper_id === myId,
})
