import { loading, loadInto } from '../../../behaviors/loading'
import { getSpotCheckFigures } from '../../../services/contract/oversight'
import { getPointsTrend, summarisePoints, type Trend } from '../../../services/contract/points'
import type { Region } from '../../../services/contract/region'
import { getTicketFigures } from '../../../services/contract/ticket'
import { hasRole, me } from '../../../services/me'
import { isCommunity, placeOr } from '../desk-place'
import {
  hoursText,
  periodChoices,
  periodName,
  pointAt,
  satisfactionOf,
  stageBars,
  starBars,
  ticketsIn,
  trendBars,
  type Bar,
  type Satisfaction,
} from '../figures-view'
import { monthName, rateText } from '../spot-checks/check-row'

type TrendUnit = 'day' | 'week' | 'month'

const trendChoices: { unit: TrendUnit; name: string }[] = [
  { unit: 'day', name: '最近12天' },
  { unit: 'week', name: '最近12周' },
  { unit: 'month', name: '最近12个月' },
]

Page({
  data: {
    ...loading,
    place: { id: '', name: '', isCommunity: true },
    periods: periodChoices.map(({ name }) => name),
    chosen: 0,
    period: '',
    earned: 0,
    hours: '',
    /** Who earned anything; told of one community only. */
    people: '',
    stars: [] as Bar[],
    trendUnits: trendChoices,
    trendUnit: 'week' as TrendUnit,
    trend: [] as Bar[],
    hasTrend: false,
    tickets: 0,
    overdue: 0,
    stages: [] as Bar[],
    satisfaction: { headline: '', counted: [], leftOut: [] } as Satisfaction,
    isFresh: false,
    /** How the street's spot checks came out; '' for who does not see them. */
    spotChecks: '',
  },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const region = await placeOr(this.data.place.id)
      const { unit, back } = periodChoices[this.data.chosen]
      const { trendUnit } = this.data
      const [totals, trend, months, tickets] = await Promise.all([
        getPointsTrend(region.id, { unit }),
        getPointsTrend(region.id, { unit: trendUnit }),
        getPointsTrend(region.id, { unit: 'month' }),
        getTicketFigures(region.id),
      ])
      const point = pointAt(totals, back)
      return {
        place: { id: region.id, name: region.name, isCommunity: isCommunity(region) },
        period: periodName(point.period),
        earned: point.earned,
        hours: hoursText(point.service_minutes),
        people: await peopleText(region, point.period),
        spotChecks: await spotCheckText(region.id),
        stars: starBars(point.by_star, (region.stars ?? []).map(({ star }) => star)),
        trend: trendBars(trend),
        hasTrend: hasPoints(trend),
        tickets: ticketsIn(tickets),
        overdue: tickets.overdue,
        stages: stageBars(tickets),
        satisfaction: satisfactionOf(tickets),
        isFresh: !hasPoints(months) && !ticketsIn(tickets),
      }
    })
  },

  choosePeriod(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: Number(event.currentTarget.dataset.index) })
    void this.load()
  },
  chooseTrend(event: WechatMiniprogram.TouchEvent) {
    this.setData({ trendUnit: trendChoices[Number(event.currentTarget.dataset.index)].unit })
    void this.load()
  },
})

const hasPoints = ({ items }: Trend): boolean => items.some(({ entries, service_minutes }) => entries > 0 || service_minutes > 0)

async function spotCheckText(regionId: string): Promise<string> {
  if (!hasRole(await me(), 'street_officer', 'district_officer', 'city_officer', 'admin')) return ''
  const figures = await getSpotCheckFigures(regionId)
  return `${monthName(figures.month)}抽查：${rateText(figures)}`
}

async function peopleText(region: Region, period: string): Promise<string> {
  if (!isCommunity(region)) return ''
  const [figures] = (await summarisePoints(region.id, { period })).items
  return `${figures?.people ?? 0}人`
}
