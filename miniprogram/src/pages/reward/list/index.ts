import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listRewards } from '../../../services/contract/reward'
import { homeCommunity, me } from '../../../services/me'
import { balanceIn } from '../balance'
import { toRow, type RewardRow } from '../reward-view'

Page({
  data: { ...loading, communityId: '', balance: 0, items: [] as RewardRow[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { communityId, balance } = this.data
    void growBy(this, (cursor) => listRewards({ region_id: communityId, cursor }), (reward) => toRow(reward, balance))
  },
  load() {
    return loadInto(this, async () => {
      const communityId = homeCommunity(await me())
      if (!communityId) return { communityId, items: [], cursor: '' }
      const [balance, rewards] = await Promise.all([balanceIn(communityId), listRewards({ region_id: communityId })])
      return { communityId, balance, ...firstPage(rewards, (reward) => toRow(reward, balance)) }
    })
  },
})
