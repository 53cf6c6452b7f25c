import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getMyPoints, listMyPointsEntries, type Entry, type Own } from '../../../services/contract/points'
import { toEntryRow, toOwnView, type EntryRow } from './points-view'

Page({
  data: {
    ...loading,
    own: undefined as ReturnType<typeof toOwnView> | undefined,
    communities: [] as Own['accounts'],
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
      const [own, entries] = await Promise.all([getMyPoints(), listMyPointsEntries()])
      const rows = firstPage(entries, (entry) => toEntryRow(entry, own.accounts))
      return { own: toOwnView(own), communities: own.accounts, ...rows }
    })
  },
})
