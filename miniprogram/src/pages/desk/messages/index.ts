import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { listDeadNotices, resendNotice, type DeadLetter } from '../../../services/contract/notice'
import { timeAgo } from '../../../wording/time'
import { placeOr } from '../desk-place'

interface Row {
  id: string
  title: string
  place: string
  reason: string
  tries: string
}

Page({
  data: { ...loading, busy: false, placeName: '', items: [] as Row[], cursor: '' },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, async (cursor) => listDeadNotices({ region_id: (await placeOr()).id, cursor }), toRow)
  },
  load() {
    return loadInto(this, async () => {
      const place = await placeOr()
      return { placeName: place.name, ...firstPage(await listDeadNotices({ region_id: place.id }), toRow) }
    })
  },
  async resend(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    const isDone = await send(this, () => resendNotice(id).then(() => true), '马上重新发')
    if (isDone) this.setData({ items: this.data.items.filter((row) => row.id !== id) })
  },
})

const toRow = ({ id, title, region_name, reason, tries, died_at }: DeadLetter): Row => ({
  id,
  title,
  place: region_name,
  reason: reasonText(reason),
  tries: `发了${tries}次，${timeAgo(died_at)}停下`,
})

/** What an operator looks up: WeChat's own number, or that there was none. */
function reasonText(reason: string): string {
  const code = /errcode (-?\d+)/.exec(reason)?.[1]
  if (code) return `微信不收，错误码 ${code}`
  const status = /status (\d+)/.exec(reason)?.[1]
  return status ? `微信出错，状态码 ${status}` : '连不上微信'
}
