import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listRegionClaims, listTasks, type Task } from '../../../services/contract/task'
import { taskStates } from '../../../wording/names'
import { deskCommunity } from '../desk-community'
import { toRow, waitingIn, type TaskRow } from './to-row'

type State = Task['state']

const states: State[] = ['published', 'draft', 'closed', 'withdrawn']

const emptyHints: Record<State, string> = {
  published: '写一项小事，居民在首页就能看到',
  draft: '没写完的任务会放在这里',
  closed: '到了时间或手工结束的任务会放在这里',
  withdrawn: '撤回的任务会放在这里',
}

/** As many submissions as are counted: more are told as “100多”. */
const counted = 100

const waitingByTask = new WeakMap<object, Map<string, string>>()

Page({
  data: {
    ...loading,
    community: { id: '', name: '' },
    states: states.map((state) => ({ state, name: taskStates[state] })),
    chosen: 'published' as State,
    emptyHint: '',
    waiting: '',
    items: [] as TaskRow[],
    cursor: '',
  },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ community: { id: region_id, name: '' } })
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
      const state = this.data.chosen
      const [tasks, claims] = await Promise.all([
        listTasks({ region_id: id, state }),
        listRegionClaims(id, { state: 'submitted', limit: counted }),
      ])
      const waiting = waitingIn(claims)
      waitingByTask.set(this, waiting.byTask)
      return {
        community: { id, name },
        emptyHint: emptyHints[state],
        waiting: waiting.inAll,
        ...firstPage(tasks, (task) => toRow(task, waiting.byTask)),
      }
    })
  },
  onReachBottom() {
    const waiting = waitingByTask.get(this) ?? new Map<string, string>()
    const query = { region_id: this.data.community.id, state: this.data.chosen }
    void growBy(this, (cursor) => listTasks({ ...query, cursor }), (task) => toRow(task, waiting))
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: states[Number(event.currentTarget.dataset.index)], items: [], cursor: '', state: 'loading' })
    void this.load()
  },
  write() {
    void wx.navigateTo({ url: `/pages/desk/task/index?region_id=${this.data.community.id}` })
  },
})
