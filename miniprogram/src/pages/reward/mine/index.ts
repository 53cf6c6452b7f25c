import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listMyRedemptions } from '../../../services/contract/reward'
import { toRedemptionRow, type RedemptionRow } from '../reward-view'

Page({
  data: { ...loading, items: [] as RedemptionRow[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyRedemptions({ cursor }), (redemption) => toRedemptionRow(redemption))
  },
  load() {
    return loadInto(this, async () => firstPage(await listMyRedemptions(), (redemption) => toRedemptionRow(redemption)))
  },
})
