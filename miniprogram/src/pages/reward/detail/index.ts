import { loadInto, loading } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { getReward, redeemReward } from '../../../services/contract/reward'
import { me } from '../../../services/me'
import { balanceIn } from '../balance'
import { toRewardView } from '../reward-view'

Page({
  data: { ...loading, busy: false, id: '', isProvider: false, reward: null as ReturnType<typeof toRewardView> | null },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [reward, person] = await Promise.all([getReward(this.data.id), me()])
      return { reward: toRewardView(reward, await balanceIn(reward.region_id)), isProvider: reward.provider_id === person.id }
    })
  },
  async redeem() {
    const { reward } = this.data
    if (!reward || !(await sure('现在兑换？', `用 ${reward.price} 分换「${reward.title}」。领之前可以取消，积分退回来。`, '兑换'))) return
    const redemption = await send(this, () => redeemReward(this.data.id))
    if (redemption) void wx.redirectTo({ url: `/pages/reward/redemption/index?id=${redemption.id}` })
    else void this.load()
  },
})
