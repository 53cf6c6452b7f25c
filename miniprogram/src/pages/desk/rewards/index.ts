import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listRewards, type Reward } from '../../../services/contract/reward'
import { rewardStates } from '../../../wording/rewards'
import { deskCommunity } from '../desk-community'
import { toRow, type RewardRow } from './to-row'

type State = Reward['state']

const states: State[] = ['published', 'draft', 'closed']

const emptyHints: Record<State, string> = {
  published: '放上一样东西或服务，居民攒的积分就有地方用了',
  draft: '还没定下来的会放在这里',
  closed: '到了时间或手工结束的会放在这里',
}

Page({
  data: {
    ...loading,
    community: { id: '', name: '' },
    states: states.map((state) => ({ state, name: rewardStates[state] })),
    chosen: 'published' as State,
    emptyHint: '',
    items: [] as RewardRow[],
    cursor: '',
  },
  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ community: { id: region_id, name: '' } })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const query = { region_id: this.data.community.id, state: this.data.chosen }
    void growBy(this, (cursor) => listRewards({ ...query, cursor }), toRow)
  },
  load() {
    return loadInto(this, async () => {
      const { id, name } = await deskCommunity(this.data.community.id)
      const state = this.data.chosen
      const rewards = await listRewards({ region_id: id, state })
      if (state !== this.data.chosen) return {}
      return { community: { id, name }, emptyHint: emptyHints[state], ...firstPage(rewards, toRow) }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: states[Number(event.currentTarget.dataset.index)] })
    void this.load()
  },
  write() {
    void wx.navigateTo({ url: `/pages/desk/reward/index?region_id=${this.data.community.id}` })
  },
})
