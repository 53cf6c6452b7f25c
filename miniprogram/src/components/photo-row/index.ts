import type { FileLink } from '../../services/files'
import { wholeUrl } from '../../services/wire'

/** Photos in a row; a tap shows one large. `large` shows each over the whole width. */
Component({
  properties: {
    photos: { type: Array, value: [] as FileLink[] },
    large: { type: Boolean, value: false },
  },
  data: { shown: [] as { url: string; thumb: string; label: string }[] },
  observers: {
    photos(photos: FileLink[]) {
      const labels: Record<string, string> = { before: '之前', after: '之后', during: '进行中' }
      const shown = (photos ?? []).map(({ url, thumb_url, label }) => ({
        url: wholeUrl(url),
        thumb: wholeUrl(thumb_url),
        label: labels[label ?? ''] ?? '',
      }))
      this.setData({ shown })
    },
  },
  methods: {
    open(event: WechatMiniprogram.TouchEvent) {
      const urls = this.data.shown.map(({ url }) => url)
      void wx.previewImage({ urls, current: urls[Number(event.currentTarget.dataset.index)] })
    },
  },
})
