import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listMyHouseholds } from '../../../services/contract/roster'
import { toHousehold, type HouseholdRow } from '../../../wording/households'

Page({
  data: { ...loading, items: [] as HouseholdRow[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyHouseholds({ cursor }), toHousehold)
  },
  load() {
    return loadInto(this, async () => firstPage(await listMyHouseholds(), toHousehold))
  },
})
