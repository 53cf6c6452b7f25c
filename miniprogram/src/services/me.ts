import { getMe, type Person } from './contract/person'
import { helping } from './helping'

export type Role = Person['roles'][number]['role']
export type { Person }

let known: { person: Promise<Person>; card: string; at: number } | undefined

const staleMilliseconds = 60_000

/** The person of this phone, or of the card in use; at most a minute old. */
export function me(): Promise<Person> {
  const card = helping()?.cardToken ?? ''
  if (!known || known.card !== card || Date.now() - known.at > staleMilliseconds) {
    const person = getMe()
    known = { person, card, at: Date.now() }
    person.catch(forgetMe)
  }
  return known.person
}

/** Whoever changes the person says so here; the next `me()` asks the server. */
export function forgetMe(): void {
  known = undefined
}

export const hasRole = (person: Person, ...roles: string[]): boolean =>
  person.roles.some(({ role }) => roles.includes(role))

/** The community a person lives in; '' without a home. */
export const homeCommunity = (person: Person): string => person.home?.community_id ?? ''

/** The regions in which a person has one of the roles. */
export const regionsOfRole = (person: Person, ...roles: string[]): string[] =>
  person.roles.filter(({ role, region_id }) => region_id && roles.includes(role)).map(({ region_id }) => region_id as string)
