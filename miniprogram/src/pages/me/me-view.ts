import type { Person } from '../../services/me'
import { homeText } from '../../wording/homes'
import { roleNames } from '../../wording/names'

export function toMeView(person: Person) {
  const roles = [...new Set(person.roles.map(({ role }) => roleNames[role]).filter(Boolean))]
  return {
    name: person.name,
    phone: person.phone_masked,
    home: homeText(person),
    isVerified: Boolean(person.home?.verified),
    roles,
    isPartyMember: person.party_member,
    fulfils: person.roles.some(({ role }) => role === 'assignee' || role === 'secretary'),
    consents: person.leaderboard_consent,
  }
}
