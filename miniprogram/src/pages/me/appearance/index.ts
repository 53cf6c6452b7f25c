import { appearance, setElderMode } from '../../../services/appearance'

Page({
  data: { elder: false },
  onLoad() {
    this.setData({ elder: appearance().elder })
  },
  turn({ detail }: WechatMiniprogram.SwitchChange) {
    setElderMode(detail.value)
    this.setData({ elder: detail.value })
    this.selectComponent('#frame').refresh()
  },
})
