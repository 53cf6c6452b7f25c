import { loading, loadInto } from '../../../behaviors/loading'
import { hasCode, sentenceOf } from '../../../services/api-error'
import { checkInHere } from '../../../services/checking-in'
import { getSettings } from '../../../services/contract/region'
import { checkOut, getActivity, type Activity, type Attendance } from '../../../services/contract/team'
import { placeIsAllowed, whereIAm } from '../../../services/place'
import { decoded, readScan, scanText } from '../../../services/scanning'
import { phaseOf } from '../../../wording/activities'
import { clock, minutesText } from '../../../wording/time'

/**
 * `asking-place`: the activity has a fence, and the person has not said yet whether we may look.
 * `leaving`: is in, and may check out with the code in hand.
 */
type Stage = 'asking-place' | 'leaving' | 'done' | 'refused'

interface Outcome {
  stage: Stage
  headline: string
  detail: string
  /** Has no home yet, without which the leader cannot check them in either. */
  needsHome?: boolean
}

/** Takes what was scanned at the site: checks in at once, for the code holds for half a minute only, or checks out. */
Page({
  data: { ...loading, busy: false, stage: 'done' as Stage, title: '', place: '', headline: '', detail: '', needsHome: false, fence: 0, isDemanded: false, activityId: '' },
  id: '',
  code: '',

  onLoad({ id = '', code = '' }: { id?: string; code?: string }) {
    this.id = id
    this.code = decoded(code)
    if (!id) this.id = activityOf(this.code)
    void this.load()
  },

  async load() {
    await loadInto(this, async () => {
      const activity = await getActivity(this.id)
      const shown = { activityId: activity.id, title: activity.title, place: activity.place.name, fence: activity.fence_metres ?? 0 }
      return { ...shown, ...(await this.begin(activity)) }
    })
  },
  async begin(activity: Activity): Promise<Outcome> {
    const { mine } = activity
    if (mine?.checked_out_at) return farewell({ checked_out_at: mine.checked_out_at, minutes: mine.minutes ?? 0 })
    if (mine?.checked_in_at) {
      return phaseOf(activity) === 'confirmed' || phaseOf(activity) === 'closed'
        ? { stage: 'done', headline: '活动已经结束', detail: '' }
        : { stage: 'leaving', headline: `您 ${clock(mine.checked_in_at)} 签到了`, detail: '要走了吗？签退以后才算完整的时长' }
    }
    if (!activity.fence_metres) return this.tryCheckIn()
    const { place_demanded } = await getSettings(activity.region_id)
    this.setData({ isDemanded: place_demanded })
    if (!(await placeIsAllowed())) return { stage: 'asking-place', headline: '', detail: '' }
    return this.checkInAt(await whereIAm())
  },

  /** Where the community demands no place, who has none comes in as well. */
  async checkInAt(location?: { lat: number; lng: number }): Promise<Outcome> {
    return location || !this.data.isDemanded ? this.tryCheckIn(location) : noPlace
  },

  async tryCheckIn(location?: { lat: number; lng: number }): Promise<Outcome> {
    try {
      return welcome(await checkInHere(this.id, { code: this.code, location }))
    } catch (error) {
      return notIn(error)
    }
  },

  async allowPlace() {
    if (this.data.busy) return
    this.setData({ busy: true })
    this.setData({ ...(await this.checkInAt(await whereIAm())), busy: false })
  },
  async refusePlace() {
    if (this.data.busy) return
    this.setData({ busy: true })
    this.setData({ ...(await this.checkInAt()), busy: false })
  },

  async checkOut() {
    if (this.data.busy) return
    this.setData({ busy: true })
    try {
      this.setData(farewell(await checkOut(this.id, { code: this.code })))
    } catch (error) {
      this.setData({ stage: 'refused', headline: '还没有签退', detail: sentenceOf(error) })
    } finally {
      this.setData({ busy: false })
    }
  },

  async scanAgain() {
    const text = await scanText()
    if (!text) return
    const scanned = readScan(text)
    if (scanned.kind !== 'page') {
      this.setData({ stage: 'refused', detail: '这不是签到码，请扫队长手机上的码' })
      return
    }
    void wx.redirectTo({ url: scanned.url })
  },
  goHome() {
    void wx.switchTab({ url: '/pages/home/index' })
  },
})

const notIn = (error: unknown): Outcome => ({
  stage: 'refused',
  headline: '还没有签到',
  detail: sentenceOf(error),
  needsHome: hasCode(error, 'checkin.no_home'),
})

const noPlace: Outcome = {
  stage: 'refused',
  headline: '还没有签到',
  detail: '没有定位也不要紧：打开您的个人码，请队长扫一下',
}

const welcome = ({ checked_in_at }: Attendance): Outcome => ({
  stage: 'done',
  headline: '签到成功',
  detail: `${clock(checked_in_at)} 签到。走的时候，再扫一次队长的码签退`,
})

const farewell = ({ checked_out_at, minutes }: Pick<Attendance, 'checked_out_at' | 'minutes'>): Outcome => ({
  stage: 'done',
  headline: '已经签退',
  detail: `${clock(checked_out_at ?? '')} 签退，服务${minutesText(minutes)}。谢谢您`,
})

/** The activity that a check-in code names. */
const activityOf = (text: string): string => /^FS1:A:([0-9A-Z]{26}):/.exec(text)?.[1] ?? ''
