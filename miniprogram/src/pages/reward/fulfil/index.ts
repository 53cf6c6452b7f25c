import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { fulfilRedemption, getStatement } from '../../../services/contract/reward'
import { me } from '../../../services/me'
import { decoded, scanText } from '../../../services/scanning'
import { toFulfilledRow, type FulfilledRow } from '../reward-view'

interface OrganisationLine {
  id: string
  text: string
}

Page({
  data: { ...loading, busy: false, code: '', done: null as FulfilledRow | null, organisations: [] as OrganisationLine[] },
  onLoad(options: { code?: string }) {
    this.setData({ code: decoded(options.code) })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  /** Whoever works for a shop sees how its month stands; the desk and neighbours have nothing to settle. */
  load() {
    return loadInto(this, async () => {
      const ids = (await me()).roles.filter(({ role }) => role === 'assignee').map(({ organisation_id = '' }) => organisation_id)
      return { organisations: await Promise.all(ids.filter(Boolean).map(toLine)) }
    })
  },
  type({ detail }: WechatMiniprogram.Input) {
    this.setData({ code: detail.value })
  },
  async scan() {
    const text = await scanText()
    if (!text) return
    this.setData({ code: text })
    await this.fulfil()
  },
  async fulfil() {
    const code = this.data.code.trim()
    if (!code) return void wx.showToast({ title: '请先扫码，或输入十个数字', icon: 'none' })
    const redemption = await send(this, () => fulfilRedemption({ code }))
    if (!redemption) return
    this.setData({ done: toFulfilledRow(redemption), code: '' })
    void this.load()
  },
  next() {
    this.setData({ done: null })
  },
})

async function toLine(id: string): Promise<OrganisationLine> {
  const { organisation_name, fulfilled } = await getStatement(id, { limit: 1 })
  return { id, text: `${organisation_name}：这个月兑付了 ${fulfilled} 份` }
}
