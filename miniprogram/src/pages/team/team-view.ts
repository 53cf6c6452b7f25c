import type { Activity, Team } from '../../services/contract/team'
import type { Person } from '../../services/me'
import { teamKinds } from '../../wording/names'

export interface TeamRow {
  id: string
  name: string
  kind: string
  leaders: string
  members: number
  /** What I am to the team, in a few characters. */
  standing: string
}

const standings: Record<string, string> = { pending: '等队长同意', admitted: '我在队里', refused: '没有同意' }

export function toTeamRow(team: Team): TeamRow {
  const names = team.leaders.map(({ name }) => name).join('、')
  return {
    id: team.id,
    name: team.name,
    kind: teamKinds[team.kind] ?? '',
    leaders: names ? `队长 ${names}` : '还没有队长',
    members: team.members,
    standing: standings[team.mine ?? ''] ?? '',
  }
}

/** The teams that a person leads. */
export const ledTeams = (person: Person): string[] =>
  person.roles.flatMap(({ role, team_id }) => (role === 'leader' && team_id ? [team_id] : []))

/** Those who lead an activity: its team's leader, the community's secretary, or, without a team, any leader there. */
export function leads(person: Person, { team_id, region_id }: Pick<Activity, 'team_id' | 'region_id'>): boolean {
  return person.roles.some((grant) => {
    if (grant.role === 'secretary') return grant.region_id === region_id
    return grant.role === 'leader' && (team_id ? grant.team_id === team_id : grant.region_id === region_id)
  })
}
