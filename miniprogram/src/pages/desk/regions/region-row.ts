import type { Region } from '../../../services/contract/region'
import type { Figures } from '../../../services/contract/ticket'
import { hoursText } from '../figures-view'

export interface RegionRow {
  id: string
  name: string
  url: string
  /** Empty until they have come. */
  points: string
  tickets: string
  overdue: string
}

export function rowOf({ id, name, kind }: Region): RegionRow {
  const page = kind === 'community' ? 'figures' : 'regions'
  return { id, name, url: `/pages/desk/${page}/index?region_id=${id}`, points: '', tickets: '', overdue: '' }
}

/** What a place has done in the period; people are known of a community only. */
export interface Done {
  earned: number
  service_minutes: number
  people?: number
}

export const pointsText = ({ earned, service_minutes, people }: Done): string =>
  [people === undefined ? '' : `${people}人有积分`, `服务${hoursText(service_minutes)}`, `积分${earned}分`].filter(Boolean).join('，')

export function ticketsText({ closed, satisfied, stages }: Figures): string {
  const all = Object.values(stages).reduce((sum, count) => sum + count, 0)
  if (!all) return '还没有单子'
  return closed ? `单子${all}件，办结${closed}件，满意${satisfied}件` : `单子${all}件，还没有办结的`
}

export const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name, 'zh-CN')
