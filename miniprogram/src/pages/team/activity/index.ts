import { loading, loadInto } from '../../../behaviors/loading'
import { askSentence, send, sure } from '../../../behaviors/sending'
import { cancelActivity, getActivity, getTeam, publishActivity, signUp, withdrawSignup, type Activity } from '../../../services/contract/team'
import { getSettings } from '../../../services/contract/region'
import { homeCommunity, me, type Person } from '../../../services/me'
import { scanText } from '../../../services/scanning'
import { toView, type ActivityView } from './activity-view'

/** One activity: signing up, the way to check in, and for its leader all the tools. */
Page({
  data: { ...loading, busy: false, view: {} as ActivityView, mayPublish: false },
  id: '',

  onLoad({ id = '' }: { id?: string }) {
    this.id = id
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  async load() {
    await loadInto(this, async () => {
      const [activity, person] = await Promise.all([getActivity(this.id), me()])
      const view = toView(activity, person, await isMember(activity, person))
      const isDraft = view.isLeader && activity.state === 'draft'
      const mayPublish = isDraft && (view.isPublisher || (await getSettings(activity.region_id)).leaders_publish)
      return { view, mayPublish }
    })
  },

  async signUp() {
    const signup = await send(this, () => signUp(this.id))
    if (signup?.state === 'confirmed') void wx.showToast({ title: '报名成功', icon: 'success' })
    if (signup?.state === 'waiting') {
      void wx.showModal({
        title: '您在候补名单里',
        content: '前面有人取消，就会按先后轮到您，不用再报一次。轮到没有，可以随时来这里看',
        showCancel: false,
        confirmText: '知道了',
      })
    }
    await this.load()
  },
  async withdraw() {
    const { isWaiting } = this.data.view
    if (!(await sure(isWaiting ? '不再候补？' : '取消报名？', isWaiting ? '取消后，要重新排队' : '名额会让给后面的人'))) return
    await send(this, () => withdrawSignup(this.id), isWaiting ? '已取消候补' : '已取消报名')
    await this.load()
  },

  async scan() {
    const text = await scanText()
    if (text) this.openCheckIn(text)
  },
  async type() {
    const text = await askSentence('输入签到码', '队长手机上的8位字母和数字')
    if (text) this.openCheckIn(text)
  },
  openCheckIn(code: string) {
    void wx.navigateTo({ url: `/pages/team/checkin/index?id=${this.id}&code=${encodeURIComponent(code)}` })
  },

  showCode() {
    void wx.navigateTo({ url: `/pages/team/code/index?id=${this.id}` })
  },
  openClosing() {
    void wx.navigateTo({ url: `/pages/team/closing/index?id=${this.id}` })
  },
  async publish() {
    await send(this, () => publishActivity(this.id), '已发布，大家可以报名了')
    await this.load()
  },
  async cancel() {
    const reason = await askSentence('为什么取消活动', '大家会看到，例如：下大雨')
    if (reason === undefined) return
    await send(this, () => cancelActivity(this.id, { reason }), '活动已取消')
    await this.load()
  },
})

/** Asked for only where it matters: those who live here take part anyway. */
async function isMember({ region_id, team_id }: Activity, person: Person): Promise<boolean> {
  if (!team_id || homeCommunity(person) === region_id) return false
  return (await getTeam(team_id)).mine === 'admitted'
}
