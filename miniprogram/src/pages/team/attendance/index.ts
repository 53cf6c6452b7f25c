import { loading, loadInto } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { getActivity, giveWord } from '../../../services/contract/team'
import { phaseOf } from '../../../wording/activities'
import { everybodyExpected, everybodyOfTeam, everybodyWhoCame, rowsAtOnce, toPresenceRow, whoHasNotCome, type AbsentRow, type PresenceRow } from './guests'

/** Who came and who has not; for who brought nothing to scan, the leader gives the word. */
Page({
  data: {
    ...loading,
    busy: false,
    which: 'came' as 'came' | 'absent',
    cameInAll: 0,
    absentInAll: 0,
    /** Those of them that are drawn. */
    came: [] as PresenceRow[],
    absent: [] as AbsentRow[],
    mayGiveWord: false,
    /** The planned time is over: the word must say how long. */
    needsMinutes: false,
    /** Whom the leader is giving the word for. */
    chosen: '',
    reasons: ['没带手机', '手机没电了', '忘了签到', '没有信号'],
    reason: '',
    minutes: '',
  },
  id: '',
  everybody: { came: [] as PresenceRow[], absent: [] as AbsentRow[] },
  drawn: rowsAtOnce,

  onLoad({ id = '' }: { id?: string }) {
    this.id = id
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    this.drawn += rowsAtOnce
    this.setData(this.rows())
  },
  async load() {
    await loadInto(this, async () => {
      const [activity, came, signups] = await Promise.all([getActivity(this.id), everybodyWhoCame(this.id), everybodyExpected(this.id)])
      const absent = whoHasNotCome(signups, await everybodyOfTeam(activity.team_id), came)
      this.everybody = { came: came.map(toPresenceRow), absent }
      const phase = phaseOf(activity)
      return {
        ...this.rows(),
        cameInAll: came.length,
        absentInAll: absent.length,
        mayGiveWord: phase === 'open' || phase === 'leaving' || phase === 'over',
        needsMinutes: phase === 'leaving' || phase === 'over',
      }
    })
  },
  rows() {
    const { came, absent } = this.everybody
    return { came: came.slice(0, this.drawn), absent: absent.slice(0, this.drawn) }
  },
  show(event: WechatMiniprogram.TouchEvent) {
    this.drawn = rowsAtOnce
    this.setData({ which: event.currentTarget.dataset.which, ...this.rows() })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset.id)
    this.setData({ chosen: this.data.chosen === id ? '' : id, reason: '', minutes: '' })
  },
  chooseReason(event: WechatMiniprogram.TouchEvent) {
    this.setData({ reason: event.currentTarget.dataset.reason })
  },
  typeReason(event: WechatMiniprogram.Input) {
    this.setData({ reason: event.detail.value })
  },
  typeMinutes(event: WechatMiniprogram.Input) {
    this.setData({ minutes: event.detail.value })
  },
  async giveWord() {
    const { chosen, reason, minutes } = this.data
    const word = { person_id: chosen, reason, minutes: Number(minutes) || undefined }
    if (!(await send(this, () => giveWord(this.id, word), '已补登'))) return
    this.setData({ chosen: '' })
    await this.load()
  },
})
