import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyPoints, listMyDisputes, listMyPointsEntries, type Dispute, type Entry, type Own } from '../../../services/contract/points'
import { homeCommunity, me } from '../../../services/me'
import { toDisputeView, type DisputeView } from '../../../wording/disputes'
import { hasLeaderboard } from '../has-leaderboard'
import { toEntryRow, toOwnView, type EntryRow } from './points-view'

Page({
  data: {
    ...loading,
    own: undefined as ReturnType<typeof toOwnView> | undefined,
    communities: [] as Own['accounts'],
    homeId: '',
    hasLeaderboard: false,
    missing: [] as DisputeView[],
    items: [] as EntryRow[],
    cursor: '',
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyPointsEntries({ cursor }), (entry: Entry) => toEntryRow(entry, this.data.communities))
  },
  load() {
    return loadInto(this, async () => {
      const homeId = homeCommunity(await me())
      const [own, entries, disputes, isOn] = await Promise.all([getMyPoints(), listMyPointsEntries(), listMyDisputes({ limit: 100 }), hasLeaderboard(homeId)])
      const rows = firstPage(entries, (entry) => toEntryRow(entry, own.accounts))
      const missing = disputes.items.filter(({ kind }) => kind === 'missing').map(toDisputeView)
      return { own: toOwnView(own), communities: own.accounts, homeId, hasLeaderboard: isOn, missing, ...rows }
    })
  },
  /** What was sent stands beside its entry at once, wherever in the list that is. */
  showDispute(event: WechatMiniprogram.CustomEvent<Dispute>) {
    const { id } = event.currentTarget.dataset
    const dispute = toDisputeView(event.detail)
    this.setData({ items: this.data.items.map((row) => (row.id === id ? { ...row, dispute } : row)) })
  },
})
