import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { updateMe } from '../../../services/contract/person'
import { forgetMe, me } from '../../../services/me'

Page({
  data: { ...loading, busy: false, name: '' },
  onLoad() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => ({ name: (await me()).name }))
  },
  type({ detail }: WechatMiniprogram.Input) {
    this.setData({ name: detail.value })
  },
  async save() {
    const person = await send(this, () => updateMe({ name: this.data.name }), '改好了')
    if (!person) return
    forgetMe()
    void wx.navigateBack()
  },
})
