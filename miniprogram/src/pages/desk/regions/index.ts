import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { sentenceOf } from '../../../services/api-error'
import { getPointsTrend, summarisePoints } from '../../../services/contract/points'
import { listRegions, type Region } from '../../../services/contract/region'
import { getTicketFigures } from '../../../services/contract/ticket'
import { isCommunity, placeOr } from '../desk-place'
import { periodChoices, periodName, pointAt } from '../figures-view'
import { byName, pointsText, rowOf, ticketsText, type Done, type RegionRow } from './region-row'

const levels: Record<Region['kind'], string> = { city: '区县', district: '街道', street: '社区和村', community: '', grid: '' }

const shownRegions = new WeakMap<object, Region[]>()

Page({
  data: {
    ...loading,
    place: { id: '', name: '' },
    level: '',
    periods: periodChoices.map(({ name }) => name),
    chosen: 0,
    period: '',
    rows: [] as RegionRow[],
    failureOfFigures: '',
  },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  async load() {
    await loadInto(this, async () => {
      const { id, name, kind } = await placeOr(this.data.place.id)
      const below = kind === 'community' ? [] : await wholeList((cursor) => listRegions({ parent_id: id, limit: 100, cursor }))
      const regions = [...below].sort(byName)
      shownRegions.set(this, regions)
      return { place: { id, name }, level: levels[kind], rows: regions.map(rowOf) }
    })
    await this.loadFigures()
  },
  /** The names are there at once; the figures of many places take a moment longer. */
  async loadFigures() {
    const { chosen, place } = this.data
    const regions = shownRegions.get(this) ?? []
    if (!regions.length) return
    try {
      const [done, tickets] = await Promise.all([
        doneBy(place.id, regions, chosen),
        Promise.all(regions.map(({ id }) => getTicketFigures(id))),
      ])
      if (chosen !== this.data.chosen) return // another period was chosen meanwhile
      const rows = regions.map((region, index) => ({
        ...rowOf(region),
        points: pointsText(done.rows[index]),
        tickets: ticketsText(tickets[index]),
        overdue: tickets[index].overdue ? `${tickets[index].overdue}件超时` : '',
      }))
      this.setData({ rows, period: done.period, failureOfFigures: '' })
    } catch (error) {
      this.setData({ failureOfFigures: sentenceOf(error) })
    }
  },
  choosePeriod(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: Number(event.currentTarget.dataset.index) })
    void this.loadFigures()
  },
})

/** The regions are all of one level: communities have a summary, higher places the sum of what lies below them. */
async function doneBy(parentId: string, regions: Region[], choice: number): Promise<{ period: string; rows: Done[] }> {
  const { unit, back } = periodChoices[choice]
  const { period } = pointAt(await getPointsTrend(parentId, { unit }), back)
  if (isCommunity(regions[0])) {
    const summary = await wholeList((cursor) => summarisePoints(parentId, { period, limit: 100, cursor }))
    const known = new Map(summary.map((figures) => [figures.region.id, figures]))
    return { period: periodName(period), rows: regions.map(({ id }) => known.get(id) ?? { earned: 0, service_minutes: 0, people: 0 }) }
  }
  const trends = await Promise.all(regions.map(({ id }) => getPointsTrend(id, { unit })))
  return { period: periodName(period), rows: trends.map((trend) => pointAt(trend, back)) }
}
