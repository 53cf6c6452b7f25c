import { loadInto, loading } from '../../../behaviors/loading'
import { growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { getStatement, type Redemption, type Statement } from '../../../services/contract/reward'
import { download } from '../../../services/files'
import { yuan } from '../../../wording/rewards'
import { periods } from '../../../wording/time'
import { toFulfilledRow, type FulfilledRow } from '../reward-view'

const monthsShown = 6

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    /** The community whose part alone is shown; '' for all of it. */
    regionId: '',
    months: lastMonths(),
    month: '',
    sums: null as ReturnType<typeof toSums> | null,
    items: [] as FulfilledRow[],
    cursor: '',
  },
  onLoad({ id = '', region_id = '' }: Record<string, string | undefined>) {
    this.setData({ id, regionId: region_id, month: this.data.months[0].month })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { id, regionId, month } = this.data
    void growBy(this, (cursor) => getStatement(id, { month, region_id: regionId, cursor }), (redemption: Redemption) => toFulfilledRow(redemption))
  },
  load() {
    return loadInto(this, async () => {
      const { id, regionId, month } = this.data
      const statement = await getStatement(id, { month, region_id: regionId })
      if (month !== this.data.month) return {}
      return { sums: toSums(statement), items: statement.items.map((item) => toFulfilledRow(item)), cursor: statement.next_cursor ?? '' }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ month: event.currentTarget.dataset.month as string })
    void this.load()
  },
  async takeAway() {
    const { id, regionId, month, sums } = this.data
    await send(this, async () => {
      const filePath = await download(`/organisations/${encodeURIComponent(id)}/redemptions.xlsx`, { month, region_id: regionId }, `${sums?.name ?? ''}兑换对账${month}.xlsx`)
      await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
    })
  },
})

const sumText = ({ fulfilled, points, owed_fen }: Pick<Statement, 'fulfilled' | 'points' | 'owed_fen'>): string =>
  [`${fulfilled} 份`, `${points} 分`, owed_fen ? yuan(owed_fen) : ''].filter(Boolean).join('，')

function toSums({ organisation_name, fulfilled, points, owed_fen, communities, rewards }: Statement) {
  return {
    name: organisation_name,
    fulfilled,
    points,
    owed: owed_fen ? yuan(owed_fen) : '',
    communities: communities.length > 1 ? communities.map((one) => ({ id: one.region_id, name: one.region_name, text: sumText(one) })) : [],
    rewards: rewards.map((one) => ({ id: one.reward_id, title: one.title, text: sumText(one) })),
  }
}

/** This month and those before it, as the server names them and as people do. */
function lastMonths(now = new Date()): { month: string; name: string }[] {
  return Array.from({ length: monthsShown }, (_, back) => {
    const first = new Date(now.getFullYear(), now.getMonth() - back, 1)
    return { month: periods(first).month, name: back ? `${first.getMonth() + 1}月` : '这个月' }
  })
}
