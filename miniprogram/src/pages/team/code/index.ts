import { codeOnShow, noCode, showCode } from '../../../behaviors/code-on-show'
import { loading, loadInto } from '../../../behaviors/loading'
import { getActivity, getCheckInCode, type RotatingCode } from '../../../services/contract/team'

/** The activity's rotating code, as large as the screen allows. */
Page({
  data: { ...loading, ...noCode, id: '', title: '', typed: '', width: 280, checkedIn: 0 },
  endShow: () => {},

  onLoad({ id = '' }: { id?: string }) {
    const { windowWidth, windowHeight } = wx.getWindowInfo()
    this.setData({ id, width: Math.floor(Math.min(windowWidth, Math.max(windowHeight - 200, windowWidth * 0.8))) })
  },
  onShow() {
    this.endShow = showCode(this, () => this.renew())
    void this.load()
  },
  onHide() {
    this.endShow()
  },
  onUnload() {
    this.endShow()
  },

  async load() {
    await loadInto(this, async () => {
      const [code, activity] = await Promise.all([getCheckInCode(this.data.id), getActivity(this.data.id)])
      return { title: activity.title, checkedIn: activity.checked_in, ...shown(code) }
    })
  },
  async renew() {
    const code = await getCheckInCode(this.data.id)
    void this.count()
    return shown(code)
  },
  async count() {
    try {
      this.setData({ checkedIn: (await getActivity(this.data.id)).checked_in })
    } catch {
      // The next code brings the next count.
    }
  },
})

const shown = (code: RotatingCode) => ({ ...codeOnShow(code), typed: `${code.code.slice(0, 4)} ${code.code.slice(4)}` })
