import { loadInto, loading } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { cancelRedemption, getRedemption } from '../../../services/contract/reward'
import { helping } from '../../../services/helping'
import { toRedemptionView } from '../reward-view'

Page({
  data: { ...loading, busy: false, id: '', isHelping: false, redemption: null as ReturnType<typeof toRedemptionView> | null },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '' })
  },
  onShow() {
    void wx.setKeepScreenOn({ keepScreenOn: true })
    void this.load()
  },
  onHide() {
    void wx.setKeepScreenOn({ keepScreenOn: false })
  },
  onUnload() {
    void wx.setKeepScreenOn({ keepScreenOn: false })
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => ({ redemption: toRedemptionView(await getRedemption(this.data.id)), isHelping: helping() !== undefined }))
  },
  async cancel() {
    if (!(await sure('取消兑换？', '积分马上退回来，这份让给别人。', '取消兑换'))) return
    const gone = await send(this, async () => {
      await cancelRedemption(this.data.id)
      return true
    }, '积分退回来了')
    if (gone !== undefined) void this.load()
  },
})
