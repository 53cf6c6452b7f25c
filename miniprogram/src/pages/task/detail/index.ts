import { livingAt, type Living } from '../../../components/home-note/living'
import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { getTask, scanForTask, takeTask } from '../../../services/contract/task'
import { hasRole, me } from '../../../services/me'
import { scanText } from '../../../services/scanning'
import { toTaskView } from '../task-view'

Page({
  data: { ...loading, busy: false, id: '', mayScan: false, living: 'here' as Living, task: null as ReturnType<typeof toTaskView> | null },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [task, person] = await Promise.all([getTask(this.data.id), me()])
      const mayScan = task.verify === 'scan' && hasRole(person, 'leader', 'grid_worker', 'secretary')
      return { task: toTaskView(task), mayScan, living: livingAt(person, task.region_id) }
    })
  },
  async take() {
    const claim = await send(this, () => takeTask(this.data.id), '领到了')
    if (claim) void wx.redirectTo({ url: `/pages/task/claim/index?id=${claim.id}` })
    else void this.load()
  },
  async confirmByScan() {
    const token = await scanText()
    if (!token) return
    const claim = await send(this, () => scanForTask(this.data.id, { token }))
    if (!claim) return
    void wx.showModal({ title: '确认好了', content: `${claim.person_name ?? '这位居民'}的任务已完成，积分到账。`, showCancel: false, confirmText: '知道了' })
    void this.load()
  },
})
