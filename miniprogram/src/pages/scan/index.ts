import { loadInto, loading } from '../../behaviors/loading'
import { getMe } from '../../services/contract/person'
import { endHelping, startHelping } from '../../services/helping'
import { forgetMe, me } from '../../services/me'
import { decoded, readScan, scanText } from '../../services/scanning'
import { mayHelp } from '../home/home-view'

type Outcome = 'nothing' | 'unknown' | 'personal' | 'helper' | 'no-helper'

/** Decides what a scanned text is. WeChat gives the text of an ordinary QR code's address as `q`. */
Page({
  data: { ...loading, code: '', outcome: 'nothing' as Outcome, typed: '', token: '' },
  onLoad(options: { code?: string; q?: string }) {
    this.setData({ code: decoded(options.code ?? options.q) })
    void this.load()
  },
  load() {
    return this.decide(this.data.code)
  },
  async decide(code: string) {
    const scanned = readScan(code)
    if (scanned.kind === 'page') return wx.redirectTo({ url: scanned.url })
    if (scanned.kind === 'card') return this.meetCard(scanned.token)
    const outcome: Outcome = scanned.kind === 'personal' ? 'personal' : code ? 'unknown' : 'nothing'
    this.setData({ state: 'ready', outcome })
  },
  /** A card speaks to those only who may help; the server decides again at every call. */
  meetCard(token: string) {
    endHelping()
    forgetMe()
    return loadInto(this, async () => ({ token, outcome: (mayHelp((await me()).roles.map(({ role }) => role)) ? 'helper' : 'no-helper') as Outcome }))
  },
  async help() {
    const { token } = this.data
    this.setData({ state: 'loading' })
    try {
      startHelping({ name: '', cardToken: token })
      const { name } = await getMe()
      startHelping({ name, cardToken: token })
      forgetMe()
      void wx.reLaunch({ url: '/pages/home/index' })
    } catch (error) {
      endHelping()
      await loadInto(this, () => Promise.reject(error))
    }
  },
  async again() {
    const text = await scanText()
    if (text !== undefined) await this.decide(text)
  },
  type({ detail }: WechatMiniprogram.Input) {
    this.setData({ typed: detail.value })
  },
  async useTyped() {
    const typed = this.data.typed.trim()
    if (!typed) return void wx.showToast({ title: '请先输入码上的字', icon: 'none' })
    await this.decide(typed)
  },
})
