import type { Bulletin, CommunityBulletin } from '../../services/contract/figures'

type Figure = Bulletin['sections'][number]['figures'][number]
type Share = NonNullable<Figure['left_out']>[number]

export type Unit = 'week' | 'month' | 'quarter'

/** The three bulletins, by what offices call them. */
export const unitChoices: { unit: Unit; name: string }[] = [
  { unit: 'week', name: '周通报' },
  { unit: 'month', name: '月调度' },
  { unit: 'quarter', name: '季观摩' },
]

export interface FigureRow {
  key: string
  name: string
  value: string
  /** What it is a share of. */
  share: string
  parts: string
  leftOut: { key: string; text: string }[]
}

export interface SectionRow {
  key: string
  name: string
  figures: FigureRow[]
}

export const amountText = (value: number, unit: string): string =>
  unit === '分钟' && Math.abs(value) >= 60 ? `${hours(value)}小时` : `${value}${unit}`

const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10)

export function toSections({ sections }: Bulletin): SectionRow[] {
  return sections.map(({ key, name, figures }) => ({ key, name, figures: figures.map(toFigure) }))
}

function toFigure(figure: Figure): FigureRow {
  const { key, name, unit, value, of, parts = [], left_out = [] } = figure
  return {
    key,
    name,
    value: amountText(value, unit),
    share: of ? shareText(value, of) : '',
    parts: parts.map((part) => `${part.name} ${amountText(part.value, unit)}`).join('，'),
    leftOut: left_out.filter((left) => left.value !== 0).map((left) => ({ key: left.key, text: leftOutText(left) })),
  }
}

function shareText(value: number, of: Share): string {
  if (!of.value) return `共${of.value}${of.unit}，没有比率`
  return `共${of.value}${of.unit}，占${Math.round((value / of.value) * 100)}%`
}

const leftOutText = ({ name, value, unit }: Share): string => `没有计入：${name}，${amountText(value, unit)}`

export interface CommunityRow {
  id: string
  name: string
  lines: string[]
}

/** What is shown of each community; all the rest is a tap away. */
const besideEachOther = ['claims_approved', 'activities_held', 'service_minutes', 'tickets_raised', 'tickets_completed', 'tickets_overdue', 'points_given']

export function toCommunity({ region, figures }: CommunityBulletin): CommunityRow {
  const shown = besideEachOther.flatMap((key) => figures.filter((figure) => figure.key === key))
  return { id: region.id, name: region.name, lines: shown.map(({ name, value, unit }) => `${name} ${amountText(value, unit)}`) }
}

/** The name of the period of a unit that holds a moment: 2026-W47, 2026-11, 2026-Q4. */
export function periodOf(unit: Unit, at: Date): string {
  const year = at.getFullYear()
  if (unit === 'week') return isoWeek(at)
  if (unit === 'quarter') return `${year}-Q${Math.floor(at.getMonth() / 3) + 1}`
  return `${year}-${String(at.getMonth() + 1).padStart(2, '0')}`
}

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(at: Date): string {
  const thursday = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 4 - (at.getDay() || 7))
  const daysBefore = Math.round((thursday.getTime() - new Date(thursday.getFullYear(), 0, 1).getTime()) / 86_400_000)
  return `${thursday.getFullYear()}-W${String(Math.floor(daysBefore / 7) + 1).padStart(2, '0')}`
}

/** The period before one that begins at a moment. */
export const periodBefore = (unit: Unit, from: string): string => periodOf(unit, new Date(new Date(from).getTime() - 1))

/** The period after one; `to` is the moment after its last. */
export const periodAfter = (unit: Unit, to: string): string => periodOf(unit, new Date(to))
