import type { OddCase } from '../../../services/contract/oversight'
import { moment } from '../../../wording/time'

export type Kind = OddCase['kind']

export const kindNames: Record<Kind, string> = {
  shared_phone: '一部手机签到多人',
  overlap: '时长重在一起',
  quick_approvals: '通过得太快',
  same_photo: '照片用了两次',
  mutual_approval: '总是互相确认',
  points_jump: '积分一下子多了',
}

interface ReasonRow {
  text: string
  url: string
}

export interface CaseRow {
  id: string
  title: string
  community: string
  foundAt: string
  reasons: ReasonRow[]
  people: { id: string; name: string; url: string }[]
  mayDecide: boolean
  isNamed: boolean
  decision: string
  note: string
}

export function toRow(one: OddCase): CaseRow {
  const { id, kind, state, region_id, region_name, found_at, reasons, people, may_decide, note = '', decided_by = '', decided_at } = one
  const personUrl = (personId: string) => `/pages/desk/person/index?id=${personId}&region_id=${region_id}`
  const verdict = state === 'taken_up' ? '已接手核实' : '看过，没有问题'
  return {
    id,
    title: kindNames[kind],
    community: region_name,
    foundAt: moment(found_at),
    reasons: reasons.map(({ text, subject_kind, subject_id = '' }) => ({ text, url: subject_kind === 'activity' ? `/pages/desk/activity/index?id=${subject_id}` : '' })),
    people: people.map(({ id: personId, name }) => ({ id: personId, name, url: personUrl(personId) })),
    mayDecide: may_decide === true,
    isNamed: state === 'open' && !may_decide,
    decision: decided_at ? `${verdict}。${decided_by}，${moment(decided_at)}` : '',
    note,
  }
}
