import { loading, loadInto } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { closeActivity, getActivity, type Attendance } from '../../../services/contract/team'
import { sendWaiting, waitingScans } from '../../../services/waiting-scans'
import { span } from '../../../wording/time'
import { everybodyWhoCame, rowsAtOnce } from '../attendance/guests'
import { forgetCorrections, keepCorrections, keptCorrections, toRows, toSend, type MinutesRow } from './minutes-row'

/** Who was there and how long: the leader puts minutes right and ends the activity. */
Page({
  data: {
    ...loading,
    busy: false,
    activityId: '',
    title: '',
    when: '',
    isOpen: true,
    reason: '',
    notOut: 0,
    waiting: 0,
    /** Those who came that are drawn. */
    rows: [] as MinutesRow[],
    /** Whose minutes are being put right. */
    chosen: '',
    reasons: ['提前走了', '忘了签退', '来晚了'],
    newMinutes: '',
    newReason: '',
  },
  id: '',
  came: [] as Attendance[],
  everybody: [] as MinutesRow[],
  drawn: rowsAtOnce,

  onLoad({ id = '' }: { id?: string }) {
    this.id = id
    this.setData({ activityId: id })
  },
  onShow() {
    void this.load()
  },
  onReachBottom() {
    this.drawn += rowsAtOnce
    this.setData({ rows: this.rows() })
  },
  async load() {
    await loadInto(this, async () => {
      // First, for whoever was scanned without a signal is one of those who came. What still waits is told below.
      await sendWaiting(this.id).catch(() => [])
      const [activity, came] = await Promise.all([getActivity(this.id), everybodyWhoCame(this.id)])
      this.came = came
      this.everybody = toRows(came, keptCorrections(this.id))
      return {
        title: activity.title,
        when: span(activity.starts_at, activity.ends_at),
        isOpen: activity.state === 'published',
        reason: activity.state === 'published' ? (activity.reason ?? '') : '',
        notOut: came.filter(({ checked_out_at }) => !checked_out_at).length,
        waiting: waitingScans(this.id).length,
        rows: this.rows(),
      }
    })
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    if (this.data.chosen === id) {
      this.setData({ chosen: '' })
      return
    }
    const kept = keptCorrections(this.id)[id]
    this.setData({ chosen: id, newMinutes: kept ? String(kept.minutes) : '', newReason: kept?.reason ?? '' })
  },
  typeMinutes(event: WechatMiniprogram.Input) {
    this.setData({ newMinutes: event.detail.value })
  },
  typeReason(event: WechatMiniprogram.Input) {
    this.setData({ newReason: event.detail.value })
  },
  chooseReason(event: WechatMiniprogram.TouchEvent) {
    this.setData({ newReason: event.currentTarget.dataset.reason })
  },
  correct() {
    const { chosen, newMinutes, newReason } = this.data
    const minutes = Number(newMinutes)
    if (newMinutes.trim() === '' || !Number.isInteger(minutes) || minutes < 0) {
      void wx.showToast({ title: '请填服务了多少分钟', icon: 'none' })
      return
    }
    if (newReason.trim().length < 2) {
      void wx.showToast({ title: '请写明为什么改', icon: 'none' })
      return
    }
    keepCorrections(this.id, { ...keptCorrections(this.id), [chosen]: { minutes, reason: newReason.trim() } })
    this.showRows()
  },
  undo(event: WechatMiniprogram.TouchEvent) {
    const undone = String(event.currentTarget.dataset.id)
    const others = Object.entries(keptCorrections(this.id)).filter(([id]) => id !== undone)
    keepCorrections(this.id, Object.fromEntries(others))
    this.showRows()
  },
  showRows() {
    this.everybody = toRows(this.came, keptCorrections(this.id))
    this.setData({ chosen: '', rows: this.rows() })
  },
  rows(): MinutesRow[] {
    return this.everybody.slice(0, this.drawn)
  },

  async close() {
    if (!(await sure('结束活动？', this.summary(), '结束'))) return
    const closed = await send(this, () => closeActivity(this.id, toSend(keptCorrections(this.id))), '已结束，等书记确认')
    if (!closed) return
    forgetCorrections(this.id)
    await this.load()
  },
  summary(): string {
    const { waiting } = this.data
    const corrected = this.everybody.filter((row) => row.corrected).length
    const counted = this.everybody.filter((row) => !row.hasLeft && !row.corrected).length
    const parts = [`来了${this.everybody.length}人`]
    if (corrected) parts.push(`改了${corrected}人的时长`)
    if (counted) parts.push(`${counted}人没有签退，算到计划的结束时间`)
    if (waiting) parts.push(`还有${waiting}个扫码没有发送`)
    return `${parts.join('，')}。书记确认后发积分`
  },
})
