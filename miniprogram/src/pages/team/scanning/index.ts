import { loading, loadInto } from '../../../behaviors/loading'
import { hasCode, sentenceOf } from '../../../services/api-error'
import { getActivity } from '../../../services/contract/team'
import { isOnline, watchNetwork } from '../../../services/network'
import { readScan, scanText } from '../../../services/scanning'
import { dropRefused, keepScan, refusedScans, sendWaiting, waitingScans, type KeptScan, type ScanKind, type ScanResult } from '../../../services/waiting-scans'
import { phaseOf } from '../../../wording/activities'
import { keptRow, rowOf, toRefusedRow, type RefusedRow, type ScanRow } from './scan-view'
import { endSound, sound } from './sounds'

/** How long the leader waits for the server's word on one scan before the next, and then sees the name. */
const patience = 1500
const namePause = 1200
const rowsShown = 30

/**
 * Scans cards and personal codes one after another. Each is kept on the phone first and then sent, so that
 * it is the same with a signal and without.
 */
Page({
  data: {
    ...loading,
    id: '',
    title: '',
    kind: 'in' as ScanKind,
    rows: [] as ScanRow[],
    waiting: 0,
    refused: [] as RefusedRow[],
    isSending: false,
    isScanning: false,
  },
  endWatch: () => {},

  onLoad({ id = '', kind = '' }: { id?: string; kind?: string }) {
    this.setData({ id, kind: kind === 'out' ? 'out' : 'in' })
    this.endWatch = watchNetwork((online) => {
      if (online) void this.send()
    })
    void this.load()
  },
  onShow() {
    this.showKept()
    if (isOnline()) void this.send()
  },
  onUnload() {
    this.endWatch()
    endSound()
  },

  /** The page serves without the server too: nothing but the title is asked of it. */
  async load() {
    this.setData({ state: 'ready' })
    if (!isOnline()) return
    await loadInto(this, () => this.heading())
  },
  async heading() {
    try {
      const activity = await getActivity(this.data.id)
      return { title: activity.title, kind: phaseOf(activity) === 'leaving' ? 'out' : this.data.kind }
    } catch (error) {
      if (!hasCode(error, 'network.lost')) throw error
      return {} // what matters without a signal is told of the scans
    }
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ kind: event.currentTarget.dataset.kind as ScanKind })
  },

  async scan() {
    if (this.data.isScanning) return
    this.setData({ isScanning: true })
    for (let text = await scanText(); text; text = this.isOnTop() ? await scanText() : undefined) {
      await this.take(text)
      await pause(namePause)
    }
    this.setData({ isScanning: false })
  },
  /** The scanner opens over this page only: the leader may have gone on, or back. */
  isOnTop(): boolean {
    return getCurrentPages().slice(-1)[0] === this
  },
  async take(text: string) {
    if (!isOfPerson(text)) {
      sound(false)
      this.tell({ id: text, name: '这不是乐享卡或个人码', text: '请扫卡上的码，或居民手机上的个人码', mark: 'refused' })
      return
    }
    let kept: KeptScan
    try {
      kept = keepScan(this.data.id, text.trim(), this.data.kind)
    } catch {
      sound(false)
      this.tell({ id: text, name: '没有记上', text: '手机存不下了，请先发送等待的记录', mark: 'refused' })
      return
    }
    this.tell(keptRow(kept))
    const sending = this.send()
    const results = await Promise.race([sending, pause(isOnline() ? patience : 0)])
    const result = results?.find(({ scan_id }) => scan_id === kept.scan_id)
    sound(!result || rowOf(result, kept.kind).mark !== 'refused')
  },
  /** Sends what waits; what comes of it is shown beside each scan. */
  async send(): Promise<ScanResult[]> {
    const kept = new Map(waitingScans(this.data.id).map((scan) => [scan.scan_id, scan]))
    this.showKept()
    if (!kept.size || !isOnline()) return []
    this.setData({ isSending: true })
    try {
      const results = await sendWaiting(this.data.id)
      for (const result of results) this.tell(rowOf(result, kept.get(result.scan_id)?.kind ?? this.data.kind))
      return results
    } catch (error) {
      void wx.showToast({ title: hasCode(error, 'network.lost') ? '已记在手机上，有信号会自动发送' : sentenceOf(error), icon: 'none', duration: 3000 })
      return []
    } finally {
      this.setData({ isSending: false })
      this.showKept()
    }
  },
  async sendNow() {
    if (!isOnline()) {
      void wx.showToast({ title: '现在没有信号，有信号以后会自动发送', icon: 'none', duration: 3000 })
      return
    }
    await this.send()
  },

  /** The last scan first; what is told of a scan again takes the place of what was told before. */
  tell(row: ScanRow) {
    const others = this.data.rows.filter(({ id }) => id !== row.id)
    const isKnown = others.length < this.data.rows.length
    const rows = isKnown ? this.data.rows.map((old) => (old.id === row.id ? row : old)) : [row, ...others]
    this.setData({ rows: rows.slice(0, rowsShown) })
  },
  showKept() {
    this.setData({ waiting: waitingScans(this.data.id).length, refused: refusedScans(this.data.id).map(toRefusedRow) })
  },
  drop(event: WechatMiniprogram.TouchEvent) {
    dropRefused(this.data.id, String(event.currentTarget.dataset.id))
    this.showKept()
  },
})

function isOfPerson(text: string): boolean {
  const { kind } = readScan(text)
  return kind === 'card' || kind === 'personal'
}

const pause = (milliseconds: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds))
