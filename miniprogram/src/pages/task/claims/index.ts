import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listMyClaims, type Claim } from '../../../services/contract/task'
import { claimStates } from '../../../wording/names'

type State = Claim['state']

const states: State[] = ['claimed', 'submitted', 'returned', 'approved', 'rejected']
const asItIs = (claim: Claim): Claim => claim

Page({
  data: {
    ...loading,
    chosen: '' as State | '',
    choices: [{ state: '', name: '全部' }, ...states.map((state) => ({ state, name: claimStates[state] }))],
    items: [] as Claim[],
    cursor: '',
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.page(cursor), asItIs)
  },
  load() {
    return loadInto(this, async () => firstPage(await this.page(), asItIs))
  },
  page(cursor?: string) {
    return listMyClaims({ state: this.data.chosen || undefined, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: event.currentTarget.dataset.state as State | '' })
    void this.load()
  },
})
