import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { issueCertificate, listMyCertificates, revokeCertificate } from '../../../services/contract/figures'
import { toRow, type CertificateRow } from '../certificate-view'

const thisYear = String(new Date().getFullYear())

Page({
  data: {
    ...loading,
    busy: false,
    items: [] as CertificateRow[],
    cursor: '',
    periods: [
      { code: '', name: '全部时长' },
      { code: thisYear, name: '今年' },
      { code: String(Number(thisYear) - 1), name: '去年' },
    ],
    period: '',
    /** The whole name, and not only the first character. */
    fullName: false,
    /** The number of the certificate whose code is shown. */
    open: '',
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listMyCertificates({ cursor }), toRow)
  },
  load() {
    return loadInto(this, async () => firstPage(await listMyCertificates(), toRow))
  },
  choosePeriod({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({ period: String(currentTarget.dataset.code) })
  },
  chooseName({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({ fullName: Boolean(currentTarget.dataset.full) })
  },
  async issue() {
    const { period, fullName } = this.data
    const issued = await send(this, () => issueCertificate({ period: period || undefined, full_name: fullName }), '开好了')
    if (!issued) return
    this.setData({ open: issued.number })
    await this.load()
  },
  toggle({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const number = String(currentTarget.dataset.number)
    this.setData({ open: this.data.open === number ? '' : number })
  },
  copyLink({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const row = this.data.items.find(({ number }) => number === currentTarget.dataset.number)
    if (row) void wx.setClipboardData({ data: row.paperUrl })
  },
  async revoke({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const number = String(currentTarget.dataset.number)
    if (!(await sure('收回这张证书？', '收回以后，别人扫码会看到它不再有效。需要时可以再开一张。', '收回'))) return
    await send(this, () => revokeCertificate(number), '收回了')
    await this.load()
  },
})
