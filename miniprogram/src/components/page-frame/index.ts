import { appearance } from '../../services/appearance'
import { endHelping, helping } from '../../services/helping'
import { forgetMe } from '../../services/me'
import { isOnline, watchNetwork } from '../../services/network'

/** What ends each frame's watching of the network. */
const watches = new WeakMap<object, () => void>()

/**
 * What every page stands in: it sets the size of type, shows that something is loading or has failed (with
 * the way out), says for whom one acts and that there is no network. The slot `action` stays at the bottom;
 * `way-out` is shown where the page could not be opened.
 */
Component({
  options: { multipleSlots: true },
  properties: {
    /** loading, ready or failed */
    state: { type: String, value: 'ready' },
    failure: { type: String, value: '' },
    /** Whether the slot `action` is used. */
    hasAction: { type: Boolean, value: false },
  },
  data: { elder: false, scale: 1, helpedName: '', online: true },
  lifetimes: {
    attached() {
      this.refresh()
      watches.set(this, watchNetwork((online) => this.setData({ online })))
    },
    detached() {
      watches.get(this)?.()
    },
  },
  pageLifetimes: {
    show() {
      this.refresh()
    },
  },
  methods: {
    refresh() {
      this.setData({ ...appearance(), helpedName: helping()?.name ?? '', online: isOnline() })
    },
    retry() {
      this.triggerEvent('retry')
    },
    stopHelping() {
      endHelping()
      forgetMe()
      void wx.reLaunch({ url: '/pages/home/index' })
    },
  },
})
