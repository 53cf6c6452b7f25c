import type { CheckFigures, SpotCheck } from '../../../services/contract/oversight'
import { dayName, minutesText, moment } from '../../../wording/time'

export type State = SpotCheck['state']

const kindNames: Record<SpotCheck['about']['kind'], string> = {
  claim: '微任务',
  checkin: '活动',
  ticket: '四联单',
  adjustment: '手工调整',
  service: '活动时长',
}

const outcomeNames: Record<SpotCheck['calls'][number]['outcome'], string> = {
  confirmed: '本人说做过',
  not_confirmed: '本人说没做过',
  not_reached: '没打通',
}

export interface CheckRow {
  id: string
  personId: string
  person: string
  phone: string
  community: string
  personUrl: string
  about: string
  confirmedBy: string
  calls: { id: string; text: string; note: string }[]
  mayAnswer: boolean
  notMine: boolean
  /** What was credited is to be put right by people. */
  isWrong: boolean
}

export function toRow({ id, state, person, region_id, region_name, about, calls, may_answer }: SpotCheck): CheckRow {
  const worth = about.kind === 'service' ? minutesText(about.minutes ?? 0) : `${about.points ?? 0}分`
  return {
    id,
    personId: person.id,
    person: person.name,
    phone: person.phone_masked ?? '',
    community: region_name,
    personUrl: `/pages/desk/person/index?id=${person.id}&region_id=${region_id}`,
    about: `${dayName(about.at)}，${kindNames[about.kind]}「${about.memo}」，${worth}`,
    confirmedBy: about.confirmed_by ?? '',
    calls: calls.map((call, index) => ({ id: String(index), text: `${outcomeNames[call.outcome]}。${call.caller_name}，${moment(call.at)}`, note: call.note ?? '' })),
    mayAnswer: may_answer === true,
    notMine: !may_answer && (state === 'open' || state === 'not_reached'),
    isWrong: state === 'not_confirmed',
  }
}

/** The month as people say it: 2026年10月. */
export const monthName = (month: string): string => month.replace(/^(\d+)-0?(\d+)$/, '$1年$2月')

export function rateText({ drawn, checks, percent, confirmed, not_confirmed }: CheckFigures): string {
  if (!drawn) return '还没有抽'
  if (!checks) return '这个月没有可抽的'
  return percent === undefined ? '还没有打通过' : `打通的${confirmed + not_confirmed}位里，${confirmed}位说做过，占${percent}%`
}

export function countsText({ acts, checks, open, not_reached, not_confirmed, withdrawn }: CheckFigures): string {
  const parts = [
    `${acts}笔里抽了${checks}笔`,
    open && `${open}笔还没打`,
    not_reached && `${not_reached}笔没打通`,
    not_confirmed && `${not_confirmed}笔本人说没做过`,
    withdrawn && `${withdrawn}位已注销，不算`,
  ]
  return parts.filter(Boolean).join('，')
}
