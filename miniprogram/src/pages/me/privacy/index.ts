import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { deleteMe, exportMe, listPhoneViews, logoutEverywhere, updateMe } from '../../../services/contract/person'
import { download } from '../../../services/files'
import { forgetLeading } from '../../../services/kept-leading'
import { forgetMe, me } from '../../../services/me'
import { endSession } from '../../../services/session'
import { keptView, toPhoneView } from './privacy-view'

const fileName = 'my-data.json'

Page({
  data: {
    ...loading,
    busy: false,
    /** Whether the person has just left: nothing may be asked of the server any more, or they would be back. */
    hasLeft: false,
    consents: false,
    kept: [] as ReturnType<typeof keptView>,
    file: '',
    items: [] as ReturnType<typeof toPhoneView>[],
    cursor: '',
  },
  onLoad(options: { left?: string }) {
    if (options.left) this.setData({ hasLeft: true, state: 'ready' })
    else void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listPhoneViews({ cursor }), toPhoneView)
  },
  load() {
    return loadInto(this, async () => {
      const [person, views] = await Promise.all([me(), listPhoneViews()])
      return { consents: person.leaderboard_consent, ...firstPage(views, toPhoneView) }
    })
  },
  async showKept() {
    const answer = await send(this, () => Promise.all([exportMe(), download('/me/export', {}, fileName)]))
    if (!answer) return
    const [kept, file] = answer
    this.setData({ kept: keptView(kept), file })
  },
  /** WeChat gives files out by way of a chat; a tap of its own is what it asks for. */
  async keepFile() {
    try {
      await wx.shareFileMessage({ filePath: this.data.file, fileName })
    } catch {
      // The person thought better of it.
    }
  },
  async turnConsent({ detail }: WechatMiniprogram.SwitchChange) {
    const leaderboard_consent = detail.value
    const person = await send(this, () => updateMe({ leaderboard_consent }), leaderboard_consent ? '可以显示名字' : '不显示名字')
    forgetMe()
    this.setData({ consents: person?.leaderboard_consent ?? !leaderboard_consent })
  },
  readGuideline() {
    void wx.openPrivacyContract({})
  },
  async logOut() {
    if (!(await sure('在所有手机上退出？', '手机丢了，或者在别人手机上登录过，可以这样做。这部手机会自动重新登录。', '全部退出'))) return
    const isDone = await this.done(logoutEverywhere, '都退出了')
    if (!isDone) return
    endSession()
    forgetMe()
    forgetLeading()
    void wx.reLaunch({ url: '/pages/home/index' })
  },
  async leave() {
    if (!(await sure('真的要离开吗？', '您的称呼、手机号、微信、住址、照片和角色会马上删除，找不回来。', '我要离开'))) return
    if (!(await sure('最后确认一次', '没用完的积分不能再用。积分账本会留下，但不写是谁；四联单和任务的经过会留下，不带您的名字。', '删除并离开'))) return
    if (!(await this.done(deleteMe))) return
    wx.clearStorageSync() // drafts too: nothing of the person stays on the phone
    forgetMe()
    void wx.reLaunch({ url: '/pages/me/privacy/index?left=1' })
  },
  async done(act: () => Promise<void>, word = ''): Promise<boolean> {
    const isDone = await send(this, async () => {
      await act()
      return true
    }, word)
    return isDone === true
  },
})
