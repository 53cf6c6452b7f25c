/** The people of the demo data, as the switcher names them. */
export const people: Record<string, string> = {
  admin: '管理员',
  city: '市级',
  district: '区级',
  street: '街道',
  secretary: '书记',
  secretary2: '第二书记',
  leader: '队长',
  grid: '网格员',
  assignee: '联建单位',
  merchant: '商户',
  resident: '居民',
  outsider: '外社区书记',
}

export const defaultPerson = 'resident'

/** A name that the simulated WeChat takes: `sim:NAME`. */
export const personPattern = /^[a-z0-9_-]{1,40}$/

export function labelOf(person: string): string {
  return people[person] ?? `新人 ${person}`
}
