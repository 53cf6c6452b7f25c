import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { getBulletin, listBulletins } from '../../../services/contract/figures'
import { download } from '../../../services/files'
import {
  periodAfter,
  periodBefore,
  periodOf,
  toCommunity,
  toSections,
  unitChoices,
  type CommunityRow,
  type SectionRow,
  type Unit,
} from '../bulletin-view'
import { isCommunity, placeOr } from '../desk-place'

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '', isCommunity: true },
    units: unitChoices,
    unit: 'week' as Unit,
    /** As the server names it. */
    period: '',
    title: '',
    name: '',
    isRunning: false,
    from: '',
    to: '',
    sections: [] as SectionRow[],
    paperUrl: '',
    items: [] as CommunityRow[],
    cursor: '',
  },

  onLoad({ region_id = '', period = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id, period: period || periodOf('week', new Date()), unit: unitOf(period) })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { place, period } = this.data
    void growBy(this, (cursor) => listBulletins(place.id, { period, cursor }), toCommunity)
  },

  load() {
    const { period } = this.data
    return loadInto(this, async () => {
      const region = await placeOr(this.data.place.id)
      const below = isCommunity(region) ? { items: [] } : await listBulletins(region.id, { period })
      const bulletin = await getBulletin(region.id, { period })
      if (period !== this.data.period) return {} // another was chosen meanwhile
      return {
        place: { id: region.id, name: region.name, isCommunity: isCommunity(region) },
        name: bulletin.name,
        title: bulletin.period.title,
        isRunning: !bulletin.period.ended,
        from: bulletin.period.from,
        to: bulletin.period.to,
        sections: toSections(bulletin),
        paperUrl: bulletin.paper_url,
        ...firstPage(below, toCommunity),
      }
    })
  },

  chooseUnit({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { unit } = unitChoices[Number(currentTarget.dataset.index)]
    this.show(unit, periodOf(unit, new Date()))
  },
  goBack() {
    this.show(this.data.unit, periodBefore(this.data.unit, this.data.from))
  },
  goOn() {
    this.show(this.data.unit, periodAfter(this.data.unit, this.data.to))
  },
  show(unit: Unit, period: string) {
    this.setData({ unit, period })
    void this.load()
  },

  async takeAway() {
    const { place, period, name } = this.data
    await send(this, async () => {
      const filePath = await download(`/regions/${encodeURIComponent(place.id)}/bulletin.xlsx`, { period }, `${place.name}${name}${period}.xlsx`)
      await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
    })
  },
  copyLink() {
    void wx.setClipboardData({ data: this.data.paperUrl })
  },
})

function unitOf(period = ''): Unit {
  if (period.includes('Q')) return 'quarter'
  return period && !period.includes('W') ? 'month' : 'week'
}
