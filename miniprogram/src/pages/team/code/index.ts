import { loading, loadInto } from '../../../behaviors/loading'
import { getActivity, getCheckInCode, type RotatingCode } from '../../../services/contract/team'
import { serverNow } from '../../../services/server-time'

const second = 1000

/**
 * The activity's rotating code, as large as the screen allows, on a bright screen that stays on. The server
 * takes a code one step longer than it is shown, so that one that is renewed late still serves meanwhile.
 */
Page({
  data: { ...loading, id: '', title: '', text: '', typed: '', width: 280, secondsLeft: 0, checkedIn: 0, isStale: false },
  code: undefined as RotatingCode | undefined,
  timer: 0,
  renewing: false,
  brightness: undefined as number | undefined,

  onLoad({ id = '' }: { id?: string }) {
    const { windowWidth, windowHeight } = wx.getWindowInfo()
    this.setData({ id, width: Math.floor(Math.min(windowWidth, Math.max(windowHeight - 200, windowWidth * 0.8))) })
  },
  onShow() {
    this.light()
    void this.load()
    this.timer = setInterval(() => this.tick(), second)
  },
  onHide() {
    this.rest()
  },
  onUnload() {
    this.rest()
  },

  light() {
    void wx.setKeepScreenOn({ keepScreenOn: true })
    wx.getScreenBrightness({
      success: ({ value }) => {
        this.brightness ??= value
        void wx.setScreenBrightness({ value: 1 })
      },
    })
  },
  /** Leaves the phone as it was. */
  rest() {
    clearInterval(this.timer)
    void wx.setKeepScreenOn({ keepScreenOn: false })
    if (this.brightness !== undefined) void wx.setScreenBrightness({ value: this.brightness })
    this.brightness = undefined
  },

  async load() {
    await loadInto(this, async () => {
      const [code, activity] = await Promise.all([getCheckInCode(this.data.id), getActivity(this.data.id)])
      return { title: activity.title, checkedIn: activity.checked_in, ...this.shown(code) }
    })
  },
  shown(code: RotatingCode) {
    this.code = code
    return { text: code.text, typed: `${code.code.slice(0, 4)} ${code.code.slice(4)}`, secondsLeft: secondsUntil(code.valid_until), isStale: false }
  },

  tick() {
    if (!this.code) return
    const secondsLeft = secondsUntil(this.code.valid_until)
    this.setData({ secondsLeft: Math.max(0, secondsLeft), isStale: secondsLeft <= -this.code.step_seconds })
    if (secondsLeft <= 0) void this.renew()
  },
  async renew() {
    if (this.renewing) return
    this.renewing = true
    try {
      this.setData(this.shown(await getCheckInCode(this.data.id)))
      const { checked_in } = await getActivity(this.data.id)
      this.setData({ checkedIn: checked_in })
    } catch {
      // The next second tries again; what is stale is not shown.
    } finally {
      this.renewing = false
    }
  },
})

const secondsUntil = (at: string): number => Math.ceil((Date.parse(at) - serverNow().getTime()) / second)
