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
  data: { busy: false, templates: [] as string[], willTell: false },
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
      const willTell = ids.length > 0 && ids.every((id) => templates.some((one) => one.template_id === id && one.remaining > 0))
      this.setData({ templates: ids, willTell })
    },
    async ask() {
      const { templates } = this.data
      await send(this, async () => {
        const agreed = await askToTell(templates)
        this.setData({ templates: agreed ? templates : [], willTell: agreed !== undefined })
      })
    },
  },
})
