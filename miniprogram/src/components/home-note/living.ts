import { homeCommunity, type Person } from '../../services/me'

/** Where a person lives, seen from a community: most that is done there is for who lives there. */
export type Living = 'here' | 'elsewhere' | 'nowhere'

export function livingAt(person: Person, communityId: string): Living {
  const home = homeCommunity(person)
  if (!home) return 'nowhere'
  return home === communityId ? 'here' : 'elsewhere'
}
