import type { Household } from '../services/contract/roster'
import { dayName } from './time'

export interface MemberRow {
  id: string
  name: string
  relation: string
  phone: string
}

export interface HouseholdRow {
  id: string
  number: string
  grid: string
  members: MemberRow[]
  names: string
  contact: string
}

const head = '户主'

/** The head of the household comes first. */
export function toHousehold({ id, number, grid_name, members, contact }: Household): HouseholdRow {
  const rows = [...members].sort((a, b) => Number(b.relation === head) - Number(a.relation === head))
  return {
    id,
    number,
    grid: grid_name ?? '',
    members: rows.map(({ person, relation }) => ({ id: person.id, name: person.name, relation: relation ?? '', phone: person.phone_masked ?? '' })),
    names: rows.map(({ person }) => person.name).join('、') || '名单上没有人',
    contact: contact ? `联系党员：${contact.person.name}` : '',
  }
}

export const formerText = ({ person, from, until }: NonNullable<Household['former_contacts']>[number], now = new Date()): string =>
  `${person.name}，${dayName(from, now)}到${dayName(until ?? from, now)}`
