import type { Trend } from '../../services/contract/points'
import type { Figures as TicketFigures } from '../../services/contract/ticket'
import { ticketStages } from '../../wording/names'
import { starOf, starsOf } from '../../wording/stars'
import { minutesText } from '../../wording/time'

type TrendPoint = Trend['items'][number]

export interface Bar {
  label: string
  value: number
  color?: string
}

export type Unit = 'month' | 'quarter' | 'year'

/** The period chooser: the present month, quarter and year, and the month before, which is what is looked back on. */
export const periodChoices: { name: string; unit: Unit; back: number }[] = [
  { name: '本月', unit: 'month', back: 0 },
  { name: '上月', unit: 'month', back: 1 },
  { name: '本季度', unit: 'quarter', back: 0 },
  { name: '今年', unit: 'year', back: 0 },
]

/** The trend's point that a choice names; the last point of a trend is the present period. */
export const pointAt = ({ items }: Trend, back: number): TrendPoint => items[items.length - 1 - back]

const everyStar = [...new Set([...starsOf('village'), ...starsOf('urban')].map(({ star }) => star))]

/** A community's own five, also those without points; above a community those of villages and of towns together. */
export function starBars(byStar: Record<string, number>, stars: string[]): Bar[] {
  const codes = stars.length ? stars : everyStar.filter((star) => byStar[star])
  return codes.map((star) => ({ label: starOf(star).name, color: starOf(star).color, value: byStar[star] ?? 0 }))
}

/** Newest first, so that today and this month are seen without scrolling. */
export const trendBars = ({ unit, items }: Trend): Bar[] =>
  [...items].reverse().map(({ period, earned }) => ({ label: unit === 'week' ? weekName(period) : periodName(period), value: earned }))

/** A week is named by its Monday. */
const weekName = (monday: string): string => `${periodName(monday)}起的一周`

/** 11月22日 for 2026-11-22; 2026年11月 for 2026-11; 2026年第4季度 for 2026-Q4. */
export function periodName(period: string): string {
  const [year, rest = '', day] = period.split('-')
  if (day) return `${Number(rest)}月${Number(day)}日`
  if (rest.startsWith('Q')) return `${year}年第${rest.slice(1)}季度`
  return rest ? `${year}年${Number(rest)}月` : `${year}年`
}

export const hoursText = (minutes: number): string => (minutes ? minutesText(minutes) : '0小时')

/** The stages in which something is still to be done, and how they ended. */
const stageOrder = ['raised', 'dispatched', 'accepted', 'completed', 'closed', 'rejected', 'merged', 'withdrawn']

export function stageBars({ stages }: TicketFigures): Bar[] {
  return stageOrder.map((stage) => ({ label: ticketStages[stage], value: stages[stage] ?? 0 }))
}

export const ticketsIn = ({ stages }: TicketFigures): number => Object.values(stages).reduce((sum, count) => sum + count, 0)

export interface Satisfaction {
  /** 满意率 and its two numbers in a sentence; says so when nothing has been closed. */
  headline: string
  /** What the rest of the denominator is. */
  counted: string[]
  /** What is not in the denominator, and why. */
  leftOut: string[]
}

/** Satisfied of all that were closed: who said nothing is counted, and never as satisfied. */
export function satisfactionOf(figures: TicketFigures): Satisfaction {
  const { stages, closed, satisfied, reviewed, unrated, unsolved } = figures
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (stages[name] ?? 0), 0)
  const open = count('raised', 'dispatched', 'accepted', 'completed')
  const notHandled = count('rejected', 'merged', 'withdrawn')
  return {
    headline: closed ? `办结${closed}件，满意${satisfied}件，满意率${Math.round((satisfied / closed) * 100)}%` : '还没有办结的单子，算不出满意率',
    counted: lines([
      [reviewed - satisfied, (n) => `评了3分的${n}件，不算满意`],
      [unsolved, (n) => `重办后还是没解决的${n}件，不算满意`],
      [unrated, (n) => `到时间没人评价的${n}件，不算满意`],
    ]),
    leftOut: lines([
      [open, (n) => `没算进来：还没办结的${n}件，等居民评价后再算`],
      [notHandled, (n) => `没算进来：不予受理、合并、撤回的${n}件，因为没有办理`],
    ]),
  }
}

const lines = (parts: [number, (count: number) => string][]): string[] =>
  parts.filter(([count]) => count > 0).map(([count, say]) => say(count))
