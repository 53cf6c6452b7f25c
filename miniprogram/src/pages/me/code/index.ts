import { loadInto, loading } from '../../../behaviors/loading'
import { getPersonalCode, type PersonalCode } from '../../../services/contract/person'
import { me } from '../../../services/me'

const second = 1000
/** The phone's clock may be wrong: a code is asked for neither at once nor later than a step. */
const shortestWait = 2 * second
const retryWait = 3 * second
const full = 1

const timers = new WeakMap<object, { renewal: number; tick: number }>()
/** How bright each page's phone was before. */
const brightness = new WeakMap<object, number>()

Page({
  data: { ...loading, name: '', text: '', left: 0, isStale: false },
  onShow() {
    void this.shine()
    void this.load()
  },
  onHide() {
    this.rest()
  },
  onUnload() {
    this.rest()
  },
  load() {
    this.stop()
    return loadInto(this, async () => {
      const [{ name }, code] = await Promise.all([me(), getPersonalCode()])
      this.plan(waitOf(code))
      return { name, ...shownOf(code) }
    })
  },
  async renew() {
    this.stop()
    try {
      const code = await getPersonalCode()
      this.plan(waitOf(code))
      this.setData(shownOf(code))
    } catch {
      this.plan(retryWait)
      this.setData({ isStale: true })
    }
  },
  plan(wait: number) {
    const renewal = setTimeout(() => void this.renew(), wait)
    const tick = setInterval(() => this.setData({ left: Math.max(0, this.data.left - 1) }), second)
    timers.set(this, { renewal, tick })
  },
  stop() {
    const running = timers.get(this)
    if (!running) return
    clearTimeout(running.renewal)
    clearInterval(running.tick)
    timers.delete(this)
  },
  async shine() {
    void wx.setKeepScreenOn({ keepScreenOn: true })
    try {
      const { value } = await wx.getScreenBrightness()
      brightness.set(this, value)
      await wx.setScreenBrightness({ value: full })
    } catch {
      // A screen that cannot be made brighter still shows the code.
    }
  },
  rest() {
    this.stop()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    const value = brightness.get(this)
    if (value !== undefined) void wx.setScreenBrightness({ value })
    brightness.delete(this)
  },
})

const stepOf = ({ step_seconds }: PersonalCode): number => step_seconds * second

function waitOf(code: PersonalCode): number {
  const left = new Date(code.valid_until).getTime() - Date.now()
  return Math.min(Math.max(left, shortestWait), stepOf(code))
}

const shownOf = (code: PersonalCode) => ({ text: code.text, left: Math.ceil(waitOf(code) / second), isStale: false })
