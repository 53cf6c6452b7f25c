import type { Person } from '../../services/contract/person'

/** Where somebody lives, and whether that has been looked at. */
export function homeText({ home }: Person): string {
  if (!home) return '还没有填常住社区'
  const place = [home.community_name, home.grid_name].filter(Boolean).join(' ')
  return home.verified ? `${place}，住址已核实` : `${place}，住址还没核实`
}
