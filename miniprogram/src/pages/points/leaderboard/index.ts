import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyRank, listLeaderboard, type Leader, type Rank } from '../../../services/contract/points'
import { homeCommunity, me } from '../../../services/me'
import { periods } from '../../../wording/time'
import { hasLeaderboard } from '../has-leaderboard'

const now = periods()

/** The board of one's own community, as the server masks it. */
Page({
  data: {
    ...loading,
    isOn: false,
    community: '',
    communityName: '',
    consents: false,
    periods: [
      { period: now.month, name: '本月' },
      { period: now.quarter, name: '本季' },
      { period: now.year, name: '今年' },
    ],
    period: now.month,
    mine: '',
    items: [] as Leader[],
    cursor: '',
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    const { community, period } = this.data
    void growBy(this, (cursor) => listLeaderboard(community, { period, cursor }), asItIs)
  },
  load() {
    return loadInto(this, async () => {
      const person = await me()
      const community = homeCommunity(person)
      if (!(await hasLeaderboard(community))) return { isOn: false }
      const { period } = this.data
      const [rank, leaders] = await Promise.all([getMyRank({ period }), listLeaderboard(community, { period })])
      if (period !== this.data.period) return {}
      return {
        isOn: true,
        community,
        communityName: person.home?.community_name,
        consents: person.leaderboard_consent,
        mine: mineText(rank),
        ...firstPage(leaders, asItIs),
      }
    })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ period: String(event.currentTarget.dataset.period) })
    void this.load()
  },
})

const asItIs = (leader: Leader): Leader => leader

const mineText = ({ rank, earned, people }: Rank): string =>
  rank ? `您得了${earned}分，在${people}人里排第${rank}` : '这段时间您还没有积分'
