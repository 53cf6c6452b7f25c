import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { getRegion } from '../../../services/contract/region'
import { listTasks, type Task } from '../../../services/contract/task'
import { homeCommunity, me } from '../../../services/me'

const asItIs = (task: Task): Task => task

Page({
  data: {
    ...loading,
    hasHome: true,
    star: '',
    stars: [] as { star: string; name: string }[],
    items: [] as Task[],
    cursor: '',
  },
  onLoad(options: { star?: string }) {
    this.setData({ star: options.star ?? '' })
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
    return loadInto(this, async () => {
      const region = homeCommunity(await me())
      if (!region) return { hasHome: false }
      const [{ stars }, tasks] = await Promise.all([getRegion(region), this.page()])
      return { hasHome: true, stars: stars ?? [], ...firstPage(tasks, asItIs) }
    })
  },
  page(cursor?: string) {
    const { star } = this.data
    return listTasks({ star: star || undefined, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ star: String(event.currentTarget.dataset.star) })
    void this.load()
  },
})
