import { answerConsent, askConsentBy, stopAskingBy } from '../../services/privacy'

const showers = new WeakMap<object, (asked: boolean) => void>()

/** Asks for consent to the privacy guideline when WeChat needs it; stands in every page by page-frame. */
Component({
  data: { asked: false },
  lifetimes: {
    attached() {
      const show = (asked: boolean) => {
        if (asked !== this.data.asked) this.setData({ asked })
      }
      showers.set(this, show)
      askConsentBy(show)
    },
    detached() {
      this.leave()
    },
  },
  pageLifetimes: {
    show() {
      const show = showers.get(this)
      if (show) askConsentBy(show)
    },
    hide() {
      this.leave()
    },
  },
  methods: {
    leave() {
      const show = showers.get(this)
      if (show) stopAskingBy(show)
    },
    read() {
      void wx.openPrivacyContract({})
    },
    agree() {
      answerConsent(true, 'agree-privacy')
    },
    refuse() {
      answerConsent(false)
    },
    keep() {
      // Taps on the dialog's background do not reach the page behind it.
    },
  },
})
