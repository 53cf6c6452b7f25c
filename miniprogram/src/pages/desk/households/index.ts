import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listHouseholds } from '../../../services/contract/roster'
import { peoplePlace } from '../desk-community'
import { toHousehold, type HouseholdRow } from '../../../wording/households'

type InTouch = '' | 'no' | 'yes'

const choices: { code: InTouch; name: string }[] = [
  { code: '', name: '全部' },
  { code: 'no', name: '还没有联系党员' },
  { code: 'yes', name: '有联系党员' },
]

Page({
  data: {
    ...loading,
    place: { id: '', name: '' },
    words: '',
    /** What the list on show was searched by. */
    searched: '',
    choices,
    which: '' as InTouch,
    items: [] as HouseholdRow[],
    cursor: '',
  },
  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.list(this.data.place.id, cursor), toHousehold)
  },
  load() {
    return loadInto(this, async () => {
      const { id, name } = await peoplePlace(this.data.place.id)
      const { which, searched } = this.data
      const page = await this.list(id)
      return which === this.data.which && searched === this.data.searched ? { place: { id, name }, ...firstPage(page, toHousehold) } : {}
    })
  },
  list(regionId: string, cursor?: string) {
    return listHouseholds(regionId, { q: this.data.searched, contact: this.data.which || undefined, cursor })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
    if (!event.detail.value && this.data.searched) this.search()
  },
  search() {
    this.setData({ searched: this.data.words.trim() })
    void this.load()
  },
  pick(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as InTouch })
    void this.load()
  },
})
