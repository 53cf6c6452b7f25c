import type { Notice } from '../../services/contract/notice'
import { timeAgo } from '../../wording/time'

export interface NoticeRow {
  id: string
  title: string
  text: string
  when: string
  icon: string
  url: string
}

const icons: [RegExp, string][] = [
  [/^claim/, 'task'],
  [/^(activity|waiting)/, 'flag'],
  [/^whistle/, 'sound'],
  [/^ticket/, 'file'],
  [/^points/, 'star'],
  [/^dispute/, 'help-circle'],
  [/./, 'notification'],
]

export const toRow = ({ id, kind, title, text, created_at, page }: Notice): NoticeRow => ({
  id,
  title,
  text,
  when: timeAgo(created_at),
  icon: icons.find(([pattern]) => pattern.test(kind))?.[1] ?? '',
  url: `/${page}`,
})
