import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listStations, type Station } from '../../../services/contract/task'
import { deskCommunity } from '../desk-community'

type Row = Pick<Station, 'id' | 'name' | 'place'>

const toRow = ({ id, name, place }: Station): Row => ({ id, name, place })

Page({
  data: { ...loading, community: { id: '', name: '' }, items: [] as Row[], cursor: '' },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'community.id': region_id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const { id, name } = await deskCommunity(this.data.community.id)
      return { community: { id, name }, ...firstPage(await listStations({ region_id: id }), toRow) }
    })
  },
  onReachBottom() {
    void growBy(this, (cursor) => listStations({ region_id: this.data.community.id, cursor }), toRow)
  },
  add() {
    void wx.navigateTo({ url: `/pages/desk/station/index?region_id=${this.data.community.id}` })
  },
})
