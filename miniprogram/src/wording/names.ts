import type { Ticket } from '../services/contract/ticket'

/** What people call the states and kinds that the server names in English. */

export const claimStates: Record<string, string> = {
  claimed: '进行中',
  submitted: '等待审核',
  approved: '已通过',
  returned: '请修改后再交',
  rejected: '没有通过',
  abandoned: '已放弃',
  expired: '已过期',
}

/** What happened to a claim, as its timeline tells it. */
export const claimActs: Record<string, string> = {
  claimed: '认领',
  drawn: '抽到任务卡',
  put_back: '放回任务卡',
  submitted: '提交',
  approved: '审核通过',
  scanned: '现场扫码通过',
  returned: '退回修改',
  rejected: '没有通过',
  abandoned: '放弃',
  expired: '过期',
  appealed: '申诉',
  upheld: '街道维持原来的结论',
  overturned: '街道改为通过',
}

export const taskStates: Record<string, string> = { draft: '草稿', published: '进行中', closed: '已结束', withdrawn: '已撤回' }

export const repeats: Record<string, string> = { once: '每人一次', daily: '每天一次', weekly: '每周一次', monthly: '每月一次' }

export const activityStates: Record<string, string> = {
  draft: '草稿',
  published: '报名中',
  closed: '等待确认',
  confirmed: '已结束',
  cancelled: '已取消',
}

export const teamKinds: Record<string, string> = {
  party_members: '在职党员',
  merchants: '商户联盟',
  emergency: '应急救援',
  company: '社企共建',
  neighbours: '邻里',
  other: '其他',
}

export const organisationKinds: Record<string, string> = { partner: '联建单位', social: '社会组织', merchant: '商户' }

export const attendanceFlags: Record<string, string> = {
  same_device: '同一部手机签到多人',
  outside_fence: '签到时离得较远',
  burst: '短时间内签到很多',
  offline: '没有信号时签到',
  by_hand: '队长代签',
  no_checkout: '没有签退',
  overlap: '与别的活动时间重叠',
  minutes_changed: '改过时长',
}

export const checkInMethods: Record<string, string> = { code: '扫码', card: '乐享卡', personal_code: '个人码', leader: '队长代签' }

export const ticketStages: Record<string, string> = {
  raised: '等待派单',
  dispatched: '等待接单',
  accepted: '办理中',
  completed: '等待评价',
  closed: '已办结',
  rejected: '不予受理',
  merged: '已合并',
  withdrawn: '已撤回',
}

export const ticketCategories: Record<Ticket['category'], string> = {
  facilities: '公共设施',
  sanitation: '环境卫生',
  safety: '安全隐患',
  elder_care: '为老服务',
  neighbours: '邻里矛盾',
  convenience: '便民服务',
  other: '其他',
}

export const ticketPhases: Record<string, string> = { before: '办理前', during: '办理中', after: '办理后' }

/** What each number of stars says, from 1 to 5. */
export const scoreWords = ['', '很不满意', '不满意', '一般', '满意', '非常满意']

export const ticketParts = ['点单', '派单', '接单', '评单']

export const outcomes: Record<string, string> = { unsolved: '没有解决', partly: '部分解决', solved: '已经解决' }

export const roleNames: Record<string, string> = {
  leader: '队长',
  assignee: '承办单位',
  grid_worker: '网格员',
  secretary: '社区书记',
  street_officer: '街道干部',
  district_officer: '区县干部',
  city_officer: '市级干部',
  admin: '管理员',
}

export const pointsKinds: Record<string, string> = {
  claim: '微任务',
  checkin: '志愿活动',
  ticket: '四联单',
  redemption: '兑换',
  adjustment: '手工调整',
  reversal: '更正',
}

/** Why a scan was refused. The server says it in words once only; a scan that is kept there has the code. */
export const scanRefusals: Record<string, string> = {
  'card.refused': '这张卡不能使用，可能已经挂失',
  'checkin.bad_code': '个人码不对，或者过期了',
  'checkin.out_of_window': '扫码的时候，不在签到时间里',
  'checkin.not_signed_up': '没有报名，这个活动要先报名',
  'checkin.no_home': '还没有选择常住社区',
  'checkout.not_checked_in': '还没有签到，不能签退',
  'checkout.before_checkin': '签退时间早于签到时间',
  'activity.full': '名额已满',
  'activity.not_open': '活动没有开放签到',
  'scan.too_old': '超过72小时才发送',
  'scan.in_future': '扫码时手机的时间不对',
  'scan.unreadable': '扫码的内容不完整',
}

/** Somebody who has left, and of whom nothing is kept but what they did. */
export const goneName = '已注销的居民'

/** How many notices are unread: more than a hundred are not counted. */
export const unreadText = (unread: number): string => (unread > 99 ? '99多' : String(unread))
