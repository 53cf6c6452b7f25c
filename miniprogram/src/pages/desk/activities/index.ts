import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import type { Activity } from '../../../services/contract/team'
import { isCommunity, placeOr } from '../desk-place'
import type { ActivityRow } from './activity-row'
import { listRows } from './list-rows'

type State = Activity['state']

const states: { code: State; name: string }[] = [
  { code: 'closed', name: '等确认' },
  { code: 'draft', name: '等发布' },
  { code: 'published', name: '正在进行' },
  { code: 'confirmed', name: '已结束' },
  { code: 'cancelled', name: '已取消' },
]

const nothing: Record<State, string> = {
  closed: '没有等确认的活动',
  draft: '没有等发布的活动',
  published: '没有正在进行的活动',
  confirmed: '还没有结束的活动',
  cancelled: '没有取消的活动',
}

Page({
  data: {
    ...loading,
    items: [] as ActivityRow[],
    cursor: '',
    regionId: '',
    placeName: '',
    isCommunity: true,
    states,
    which: 'closed' as State,
    nothing: nothing.closed,
  },
  onLoad({ state = '', region_id = '' }: { state?: string; region_id?: string }) {
    this.setData({ regionId: region_id })
    const known = states.find(({ code }) => code === state)
    if (known) this.setData({ which: known.code, nothing: nothing[known.code] })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.list(cursor), asItIs)
  },
  load() {
    const { which } = this.data
    return loadInto(this, async () => {
      const place = await placeOr(this.data.regionId)
      if (!isCommunity(place)) return { isCommunity: false }
      this.setData({ regionId: place.id })
      const page = firstPage(await this.list(), asItIs)
      return which === this.data.which ? { isCommunity: true, placeName: place.name, ...page } : {}
    })
  },
  list(cursor?: string) {
    return listRows({ region_id: this.data.regionId, state: this.data.which, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    const which = event.currentTarget.dataset.code as State
    this.setData({ which, nothing: nothing[which] })
    void this.load()
  },
})

const asItIs = (row: ActivityRow): ActivityRow => row
