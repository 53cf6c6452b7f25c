import { whatIsMissing, type Step } from './written'

const steps: { step: Step; name: string }[] = [
  { step: 'before', name: '办理前' },
  { step: 'during', name: '办理中' },
  { step: 'after', name: '办理后' },
  { step: 'complete', name: '全部办完' },
]

/** What an assignee writes of the work. Event `written` gives a Written. */
Component({
  properties: { busy: { type: Boolean, value: false } },
  data: { steps, step: '' as Step | '', text: '', photoIds: [] as string[], waiting: 0 },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent) {
      this.setData({ step: event.currentTarget.dataset.step as Step })
    },
    write(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value })
    },
    takePhotos(event: WechatMiniprogram.CustomEvent<{ ids: string[]; waiting: number }>) {
      this.setData({ photoIds: event.detail.ids, waiting: event.detail.waiting })
    },
    submit() {
      const { step, text, photoIds, waiting } = this.data
      const missing = whatIsMissing(step, text, photoIds.length, waiting)
      if (!missing) this.triggerEvent('written', { step, text, photo_ids: photoIds })
      else void wx.showModal({ title: '还差一点', content: missing, showCancel: false, confirmText: '知道了' })
    },
  },
})
