import type { Row } from '../../../services/contract/figures'
import { moment } from '../../../wording/time'

export interface CountedRow {
  id: string
  title: string
  rest: string
  amount: string
  /** '' for what has no page of its own. */
  url: string
}

/** Where a row leads: the ticket, the task, the activity, or the person whom it is about. */
const pages: Record<Row['kind'], string> = {
  task: '/pages/desk/task/index?id=',
  activity: '/pages/desk/activity/index?id=',
  ticket: '/pages/ticket/detail/index?id=',
  claim: '',
  entry: '',
  service: '',
  person: '',
}

/** `place` is the region whose list it is: of a community its own name is not said again. */
export const rowsOf = (place: string) => (row: Row): CountedRow => {
  const { kind, id, title, at, person_id, person_name, amount, region_name } = row
  const page = pages[kind]
  const url = page ? page + id : person_id ? `/pages/desk/person/index?id=${person_id}&region_id=${row.region_id}` : ''
  return {
    id: `${id}-${at ?? ''}`,
    title: kind === 'person' ? (person_name ?? '') : title,
    rest: [kind === 'person' ? title : person_name, at ? moment(at) : '', row.region_id === place ? '' : region_name].filter(Boolean).join(' · '),
    amount: kind === 'service' ? `${amount}分钟` : kind === 'entry' ? `${amount}分` : amount === 1 ? '' : String(amount),
    url,
  }
}
