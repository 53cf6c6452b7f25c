import type { Export, PhoneView } from '../../../services/contract/person'
import { homeText } from '../../../wording/homes'
import { moment } from '../../../wording/time'

interface Kept {
  id: string
  name: string
  text: string
}

const rooms: Record<string, string> = {
  points: '积分和服务时长',
  tasks: '微任务',
  teams: '志愿队和活动',
  tickets: '四联单',
  rewards: '兑换',
  files: '照片',
  content_checks: '发布前的检查',
  roster: '住户名单',
  certificates: '服务证书',
  oversight: '抽查和异常情况',
  notices: '消息',
}

/** All that is kept, in words; the file holds the same in full. */
export function keptView(kept: Export): Kept[] {
  const about = [
    { name: '称呼', text: kept.person.name },
    { name: '手机号', text: kept.phone || '没有' },
    { name: '微信', text: kept.open_id ? '只有微信给的一串编号，没有微信号' : '没有' },
    { name: '常住社区', text: homeText(kept.person) || '没有' },
    { name: '第一次来', text: moment(kept.created_at) },
    { name: '登录', text: `${kept.sessions.length} 次` },
    { name: '乐享卡', text: `${kept.cards.length} 张` },
    { name: '别人对您的资料做过的操作', text: `${kept.done_to_me.length} 条` },
    { name: '您做过的有记录的操作', text: `${kept.done_by_me.length} 条` },
  ]
  const histories = Object.entries(kept.rooms).map(([room, records]) => ({ id: room, name: rooms[room] ?? '其他', text: `${recordsIn(records)} 条` }))
  return [...about.map((one) => ({ id: one.name, ...one })), ...histories]
}

/** How many records a room keeps: its lists together. */
function recordsIn(room: unknown): number {
  if (Array.isArray(room)) return room.length
  if (typeof room !== 'object' || room === null) return 0
  return Object.values(room).reduce((sum: number, list: unknown) => sum + (Array.isArray(list) ? list.length : 0), 0)
}

export const toPhoneView = ({ id, by_name, reason, viewed_at }: PhoneView) => ({
  id,
  by: by_name,
  at: moment(viewed_at),
  reason: reason ? `原因：${reason}` : '没有写原因',
})
