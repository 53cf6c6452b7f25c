import type { Grant, NewGrant, Organisation, Region } from '../../../services/contract/region'
import type { Team } from '../../../services/contract/team'
import { roleNames } from '../../../wording/names'

export type RoleCode = NewGrant['role']

export interface Named {
  id: string
  name: string
}

/** All that a role may be of, at one place: itself, what lies right below it, its teams and its organisations. */
export interface Places {
  here: Region
  below: Region[]
  teams: Team[]
  organisations: Organisation[]
}

/** The roles that are given at each level, and the kinds of region that each is given on. */
const given: Record<Region['kind'], RoleCode[]> = {
  grid: ['grid_worker'],
  community: ['leader', 'assignee', 'grid_worker', 'secretary'],
  street: ['secretary', 'street_officer'],
  district: ['street_officer', 'district_officer'],
  city: ['district_officer', 'city_officer', 'admin'],
}

const kindsOf: Record<string, Region['kind'][]> = {
  grid_worker: ['grid', 'community'],
  secretary: ['community'],
  street_officer: ['street'],
  district_officer: ['district'],
  city_officer: ['city'],
  admin: ['city'],
}

export const rolesAt = ({ kind }: Region) => given[kind].map((role) => ({ role, name: roleNames[role] }))

/** What a role may be of: a team, an organisation or a region. */
export function targetsOf(role: RoleCode | '', { here, below, teams, organisations }: Places): Named[] {
  if (role === 'leader') return teams.map(named)
  if (role === 'assignee') return organisations.map(named)
  return [...below, here].filter(({ kind }) => kindsOf[role]?.includes(kind)).map(named)
}

export const named = ({ id, name }: Named): Named => ({ id, name })

export function newGrant(personId: string, role: RoleCode, target: string): NewGrant {
  if (role === 'leader') return { person_id: personId, role, team_id: target }
  if (role === 'assignee') return { person_id: personId, role, organisation_id: target }
  return { person_id: personId, role, region_id: target }
}

export interface GrantRow {
  id: string
  personId: string
  person: string
  role: string
  of: string
}

/** Roles of this place; of the places below only those that are given from here. */
export function rowsOf(grants: Grant[], places: Places): GrantRow[] {
  const order = given[places.here.kind] as string[]
  const names = new Map([places.here, ...places.below, ...places.teams, ...places.organisations].map(({ id, name }) => [id, name]))
  return grants
    .filter(({ role }) => order.includes(role))
    .sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
    .map((grant) => ({
      id: grant.id,
      personId: grant.person_id,
      person: grant.person_name || '没有写姓名的人',
      role: roleNames[grant.role] ?? '',
      of: names.get(grant.team_id || grant.organisation_id || grant.region_id || '') ?? '',
    }))
}
