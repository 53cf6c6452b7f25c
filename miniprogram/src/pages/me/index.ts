import { loadInto, loading } from '../../behaviors/loading'
import { send } from '../../behaviors/sending'
import { countMyNotices } from '../../services/contract/notice'
import { bindPhone } from '../../services/contract/person'
import { listAssignedTickets } from '../../services/contract/ticket'
import { helping } from '../../services/helping'
import { forgetMe, me } from '../../services/me'
import { unreadText } from '../../wording/names'
import { toMeView } from './me-view'

interface PhoneAnswer {
  code?: string
}

Page({
  data: { ...loading, busy: false, isHelping: false, unread: '', hasAssigned: false, me: null as ReturnType<typeof toMeView> | null },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    forgetMe()
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [person, { unread }, assigned] = await Promise.all([me(), countMyNotices(), listAssignedTickets({ limit: 1 })])
      return {
        me: toMeView(person),
        unread: unread ? unreadText(unread) : '',
        hasAssigned: assigned.items.length > 0,
        isHelping: helping() !== undefined,
      }
    })
  },
  /** WeChat asks the person and gives a code for the number; without one the person did not want to. */
  async givePhone({ detail }: WechatMiniprogram.CustomEvent<PhoneAnswer>) {
    const { code } = detail
    if (!code) return void wx.showToast({ title: '没关系，不绑定也能用', icon: 'none' })
    const person = await send(this, () => bindPhone({ code }), '手机号绑定好了')
    if (!person) return
    forgetMe()
    this.setData({ me: toMeView(person) })
  },
})
