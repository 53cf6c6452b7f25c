import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { listRegionClaims, listTasks, type Task } from '../../../services/contract/task'
import { taskStates } from '../../../wording/names'
import { deskCommunity } from '../desk-community'
import { wholeList } from '../desk-place'
import { toRow, type TaskRow } from './to-row'

type State = Task['state']

const states: State[] = ['published', 'draft', 'closed', 'withdrawn']

const emptyHints: Record<State, string> = {
  published: '写一项小事，居民在首页就能看到',
  draft: '没写完的任务会放在这里',
  closed: '到了时间或手工结束的任务会放在这里',
  withdrawn: '撤回的任务会放在这里',
}

const waitingCounts = new WeakMap<object, Map<string, number>>()

Page({
  data: {
    ...loading,
    community: { id: '', name: '' },
    states: states.map((state) => ({ state, name: taskStates[state] })),
    chosen: 'published' as State,
    emptyHint: '',
    waiting: 0,
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
        wholeList((cursor) => listRegionClaims(id, { state: 'submitted', limit: 100, cursor })),
      ])
      const waiting = countByTask(claims)
      waitingCounts.set(this, waiting)
      return {
        community: { id, name },
        emptyHint: emptyHints[state],
        waiting: claims.length,
        ...firstPage(tasks, (task) => toRow(task, waiting)),
      }
    })
  },
  onReachBottom() {
    const waiting = waitingCounts.get(this) ?? new Map<string, number>()
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

function countByTask(claims: { task_id: string }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { task_id } of claims) counts.set(task_id, (counts.get(task_id) ?? 0) + 1)
  return counts
}
