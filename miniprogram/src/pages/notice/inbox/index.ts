import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { listMyNotices, readNotice, readNotices } from '../../../services/contract/notice'
import { helping } from '../../../services/helping'
import { toRow, type NoticeRow } from '../notice-view'

/** As many unread ones are shown at once; what is older follows when these are read. */
const mostUnread = 100

Page({
  data: { ...loading, busy: false, isHelping: false, unread: [] as NoticeRow[], items: [] as NoticeRow[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyNotices({ unread: 'false', cursor }), toRow)
  },
  load() {
    return loadInto(this, async () => {
      const [unread, read] = await Promise.all([listMyNotices({ unread: 'true', limit: mostUnread }), listMyNotices({ unread: 'false' })])
      return { isHelping: helping() !== undefined, unread: unread.items.map(toRow), ...firstPage(read, toRow) }
    })
  },
  open(event: WechatMiniprogram.TouchEvent) {
    const { id, url, isUnread } = event.currentTarget.dataset
    // Whoever wants to see the thing does not wait for this, and finds the notice unread when it fails.
    if (isUnread) readNotice(String(id)).catch(() => undefined)
    void wx.navigateTo({ url: String(url) })
  },
  async readAll() {
    const [newest] = this.data.unread
    const left = await send(this, () => readNotices({ up_to: newest.id }), '都看过了')
    if (left) await this.load()
  },
})
