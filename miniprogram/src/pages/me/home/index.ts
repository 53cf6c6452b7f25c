import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { updateMe } from '../../../services/contract/person'
import { listRegions, type Region } from '../../../services/contract/region'
import { forgetMe, me } from '../../../services/me'
import { homeText } from '../../../wording/homes'

interface Place {
  id: string
  name: string
  kind: Region['kind']
}

const toPlace = ({ id, name, kind }: Region): Place => ({ id, name, kind })
const pageSize = 100
const last = (trail: Place[]): Place | undefined => trail[trail.length - 1]
const below = (trail: Place[], cursor?: string) => listRegions({ parent_id: last(trail)?.id, limit: pageSize, cursor })

Page({
  data: {
    ...loading,
    busy: false,
    home: '',
    /** From the city down to where the person is looking. */
    trail: [] as Place[],
    /** What lies below; the grids once the community is chosen. */
    items: [] as Place[],
    cursor: '',
    community: '',
    grid: '',
    gridName: '',
  },
  onLoad() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => below(this.data.trail, cursor), toPlace)
  },
  load() {
    return loadInto(this, async () => {
      const [person, place] = await Promise.all([me(), descend(this.data.trail)])
      return { home: homeText(person), ...place }
    })
  },
  open(event: WechatMiniprogram.TouchEvent) {
    const place = this.data.items[Number(event.currentTarget.dataset.index)]
    if (place.kind === 'grid') this.chooseGrid(place)
    else void this.walk([...this.data.trail, place])
  },
  climb(event: WechatMiniprogram.TouchEvent) {
    void this.walk(this.data.trail.slice(0, Number(event.currentTarget.dataset.index)))
  },
  walk(trail: Place[]) {
    return loadInto(this, () => look(trail))
  },
  chooseGrid({ id, name }: Place) {
    const isChosen = this.data.grid === id
    this.setData({ grid: isChosen ? '' : id, gridName: isChosen ? '' : name })
  },
  async save() {
    const { trail, grid, gridName, community, home } = this.data
    const name = [community, gridName].filter(Boolean).join(' ')
    if (home && !(await sure(`搬到${name}？`, '常住社区 30 天只能换一次。以后挣的积分记在新社区。', '换过去'))) return
    const home_region_id = grid || (last(trail)?.id ?? '')
    const person = await send(this, () => updateMe({ home_region_id }), '选好了')
    if (!person) return
    forgetMe()
    void wx.switchTab({ url: '/pages/home/index' })
  },
})

async function look(trail: Place[]) {
  const place = last(trail)
  return {
    trail,
    ...firstPage(await below(trail), toPlace),
    community: place?.kind === 'community' ? place.name : '',
    grid: '',
    gridName: '',
  }
}

/** Where there is only one way down, it is gone without asking. */
async function descend(trail: Place[]): Promise<Awaited<ReturnType<typeof look>>> {
  const found = await look(trail)
  const only = found.items[0]
  const isOnlyWay = found.items.length === 1 && only.kind !== 'grid' && only.kind !== 'community'
  return isOnlyWay ? descend([...trail, only]) : found
}
