import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { decideContentCheck, listContentChecks } from '../../../services/contract/content'
import { download } from '../../../services/files'
import { me } from '../../../services/me'
import { deskPlace, isCommunity } from '../desk-place'
import { askReason } from '../asking'
import { toRow, type CheckRow } from './check-row'

Page({
  data: { ...loading, busy: false, items: [] as CheckRow[], cursor: '', regionId: '', placeName: '', myId: '', isCommunity: true },
  onLoad() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  async onReachBottom() {
    await growBy(this, (cursor) => listContentChecks(this.data.regionId, { cursor }), toRow(this.data.myId))
    await this.fetchPictures()
  },
  async load() {
    await loadInto(this, async () => {
      const [place, person] = await Promise.all([deskPlace(), me()])
      if (!isCommunity(place)) return { isCommunity: false }
      const page = await listContentChecks(place.id)
      return { isCommunity: true, regionId: place.id, placeName: place.name, myId: person.id, ...firstPage(page, toRow(person.id)) }
    })
    await this.fetchPictures()
  },
  /** A picture under check has no link yet; the desk may fetch it. */
  async fetchPictures() {
    const missing = this.data.items.filter(({ fileId, picture }) => fileId && !picture)
    await Promise.all(missing.map((row) => this.fetchPicture(row)))
  },
  async fetchPicture({ id, fileId }: CheckRow) {
    try {
      const picture = await download(`/files/${encodeURIComponent(fileId)}`)
      this.change(id, { picture })
    } catch {
      this.change(id, { pictureFailed: true }) // the person may still refuse it, or pull to try again
    }
  },
  change(changed: string, change: Partial<CheckRow>) {
    this.setData({ items: this.data.items.map((row) => (row.id === changed ? { ...row, ...change } : row)) })
  },
  look(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (row?.picture) void wx.previewImage({ urls: [row.picture], current: row.picture })
  },
  async pass(event: WechatMiniprogram.TouchEvent) {
    await this.decide(this.rowOf(event), 'pass', '', '可以给大家看了')
  },
  async refuse(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    const reason = await askReason(this, {
      title: '为什么不给大家看？',
      hint: '只记在操作记录里。',
      phrases: ['有别人的隐私', '骂人的话', '广告', '和事情无关'],
      confirm: '不给大家看',
      optional: true,
    })
    if (reason !== undefined) await this.decide(row, 'refuse', reason, '不给大家看了')
  },
  async decide(row: CheckRow | undefined, verdict: 'pass' | 'refuse', reason: string, said: string) {
    if (!row) return
    const decided = await send(this, async () => {
      await decideContentCheck(row.id, { verdict, reason })
      return true
    }, said)
    if (!decided) return
    this.setData({ items: this.data.items.filter(({ id }) => id !== row.id) })
    if (!this.data.items.length) void this.load()
  },
  rowOf(event: WechatMiniprogram.TouchEvent): CheckRow | undefined {
    return this.data.items.find(({ id }) => id === event.currentTarget.dataset.id)
  },
})
