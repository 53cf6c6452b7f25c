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
    months: lastMonths(),
    month: '',
    sums: null as ReturnType<typeof toSums> | null,
    items: [] as FulfilledRow[],
    cursor: '',
  },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '', month: this.data.months[0].month })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { id, month } = this.data
    void growBy(this, (cursor) => getStatement(id, { month, cursor }), (redemption: Redemption) => toFulfilledRow(redemption))
  },
  load() {
    return loadInto(this, async () => {
      const { id, month } = this.data
      const statement = await getStatement(id, { month })
      if (month !== this.data.month) return {}
      return { sums: toSums(statement), items: statement.items.map((item) => toFulfilledRow(item)), cursor: statement.next_cursor ?? '' }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ month: event.currentTarget.dataset.month as string })
    void this.load()
  },
  async takeAway() {
    const { id, month, sums } = this.data
    await send(this, async () => {
      const filePath = await download(`/organisations/${encodeURIComponent(id)}/redemptions.xlsx`, { month }, `${sums?.name ?? ''}兑换对账${month}.xlsx`)
      await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
    })
  },
})

function toSums({ organisation_name, fulfilled, points, owed_fen, rewards }: Statement) {
  return {
    name: organisation_name,
    fulfilled,
    points,
    owed: owed_fen ? yuan(owed_fen) : '',
    rewards: rewards.map((one) => ({
      id: one.reward_id,
      title: one.title,
      text: [`${one.fulfilled} 份`, `${one.points} 分`, one.owed_fen ? yuan(one.owed_fen) : ''].filter(Boolean).join('，'),
    })),
  }
}

/** This month and those before it, as the server names them and as people do. */
function lastMonths(now = new Date()): { month: string; name: string }[] {
  return Array.from({ length: monthsShown }, (_, back) => {
    const first = new Date(now.getFullYear(), now.getMonth() - back, 1)
    return { month: periods(first).month, name: back ? `${first.getMonth() + 1}月` : '这个月' }
  })
}
