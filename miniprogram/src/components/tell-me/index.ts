import { send } from '../../behaviors/sending'
import type { Asking } from '../../services/contract/notice'
import { asking, askToTell, type Moment } from '../../services/telling'

/** Offers to tell the person in WeChat of what comes next. Without templates, and after a refusal, it is not there. */
Component({
  properties: {
    /** See services/telling. */
    moment: { type: String, value: '' },
    label: { type: String, value: '' },
  },
  data: { busy: false, templates: [] as string[], told: '' },
  lifetimes: {
    attached() {
      void this.load()
    },
  },
  methods: {
    async load() {
      try {
        this.show(await asking())
      } catch {
        this.setData({ templates: [] }) // an offer, and nothing that the page cannot do without
      }
    },
    show({ moments, templates }: Asking) {
      const ids = moments[this.data.moment as Moment] ?? []
      const tellsAll = ids.length > 0 && ids.every((id) => templates.some((one) => one.template_id === id && one.remaining > 0))
      this.setData({ templates: ids, told: tellsAll ? '有消息就在微信里告诉您' : '' })
    },
    async ask() {
      const { templates } = this.data
      await send(this, async () => {
        const agreed = await askToTell(templates)
        if (!agreed) return this.setData({ templates: [] })
        this.show(agreed)
        if (!this.data.told) this.setData({ told: '您同意的会在微信里告诉您，别的在「我的消息」里看' })
      })
    },
  },
})
