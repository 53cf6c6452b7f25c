import { listActivities, type Activity } from '../../../services/contract/team'
import type { Person } from '../../../services/me'
import { waitingScans } from '../../../services/waiting-scans'
import { phaseOf, toActivityRow, type ActivityRow } from '../../../wording/activities'
import { ledTeams } from '../team-view'

export interface LedGroup {
  title: string
  /** How many scans of each wait on this phone, in words. */
  rows: (ActivityRow & { waiting: string })[]
}

const day = 24 * 60 * 60 * 1000

/** What a person leads and has something to do with: of their teams, and whistles without a team in their community. */
export async function ledActivities(person: Person): Promise<Activity[]> {
  const states = ['published', 'draft', 'closed'] as const
  const ofTeams = ledTeams(person).flatMap((team_id) => states.map((state) => listActivities({ team_id, state, limit: 100 })))
  const communities = new Set(person.roles.flatMap(({ role, region_id }) => (role === 'leader' && region_id ? [region_id] : [])))
  const from = new Date(Date.now() - 3 * day).toISOString()
  const whistles = [...communities].map(async (region_id) => {
    const { items } = await listActivities({ region_id, state: 'published', from, limit: 100 })
    return { items: items.filter(({ team_id }) => !team_id) }
  })
  const pages = await Promise.all([...ofTeams, ...whistles])
  return pages.flatMap(({ items }) => items)
}

/** What goes on now first, then what is left to close, what comes, and what others decide. */
export function groupsOf(activities: Activity[], now = new Date()): LedGroup[] {
  const soonestFirst = [...activities].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))
  const group = (title: string, ...phases: string[]): LedGroup => ({
    title,
    rows: soonestFirst.filter((activity) => phases.includes(phaseOf(activity, now))).map((activity) => toRow(activity, now)),
  })
  const groups = [
    group('现在', 'open', 'leaving'),
    group('等您结束', 'over'),
    group('接下来', 'soon'),
    group('还没有发布', 'draft'),
    group('等书记确认', 'closed'),
  ]
  return groups.filter(({ rows }) => rows.length)
}

function toRow(activity: Activity, now: Date) {
  const count = waitingScans(activity.id).length
  return { ...toActivityRow(activity, now), waiting: count ? `${count}个等待发送` : '' }
}
