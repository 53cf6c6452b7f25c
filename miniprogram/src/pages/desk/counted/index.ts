import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getBulletin, listBulletinRows, type Bulletin } from '../../../services/contract/figures'
import { amountText } from '../bulletin-view'
import { rowsOf, type CountedRow } from './counted-row'

interface PartChoice {
  key: string
  name: string
}

const everything: PartChoice = { key: '', name: '全部' }

Page({
  data: {
    ...loading,
    regionId: '',
    figure: '',
    period: '',
    title: '',
    name: '',
    value: '',
    how: '',
    parts: [] as PartChoice[],
    part: '',
    items: [] as CountedRow[],
    cursor: '',
  },
  onLoad({ region_id = '', figure = '', period = '', part = '' }: Record<string, string | undefined>) {
    this.setData({ regionId: region_id, figure, period, part })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { regionId, figure, period, part } = this.data
    void growBy(this, (cursor) => listBulletinRows(regionId, figure, { period, part, cursor }), rowsOf(regionId))
  },
  load() {
    const { regionId, figure, period, part } = this.data
    return loadInto(this, async () => {
      const [bulletin, page] = await Promise.all([getBulletin(regionId, { period }), listBulletinRows(regionId, figure, { period, part })])
      if (part !== this.data.part) return {} // another was chosen meanwhile
      return { title: `${bulletin.region.name} ${bulletin.period.title}`, ...headOf(bulletin, figure, part), ...firstPage(page, rowsOf(regionId)) }
    })
  },
  choosePart({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({ part: String(currentTarget.dataset.key) })
    void this.load()
  },
})

/** What the figure is called, what it is and how it is counted; of what was left out the name says why. */
function headOf({ sections }: Bulletin, key: string, part: string) {
  const figures = sections.flatMap(({ figures }) => figures)
  const figure = figures.find((one) => one.key === key)
  if (figure) {
    const { name, unit, how, parts = [] } = figure
    const value = parts.find((one) => one.key === part)?.value ?? figure.value
    return { name, value: amountText(value, unit), how, parts: parts.length ? [everything, ...parts.map(({ key, name }) => ({ key, name }))] : [] }
  }
  const left = figures.flatMap(({ left_out = [] }) => left_out).find((one) => one.key === key)
  return { name: left?.name ?? '', value: left ? amountText(left.value, left.unit) : '', how: '这些没有计入上一页的数字。', parts: [] }
}
