import { sentenceOf } from '../../services/api-error'
import { uploadPhoto } from '../../services/files'

interface Picked {
  /** On this phone. */
  path: string
  /** '' until the server has it. */
  id: string
  state: 'sending' | 'sent' | 'failed'
}

/**
 * Lets a person add photos, which are sent at once. Event `change` gives `{ids, waiting}`: the ids of the
 * photos that the server has, and how many are still under way or have failed.
 */
Component({
  properties: {
    label: { type: String, value: '照片' },
    max: { type: Number, value: 9 },
  },
  data: { photos: [] as Picked[] },
  methods: {
    async add() {
      const left = this.data.max - this.data.photos.length
      let chosen: WechatMiniprogram.MediaFile[]
      try {
        const answer = await wx.chooseMedia({ count: left, mediaType: ['image'], sizeType: ['compressed'] })
        chosen = answer.tempFiles
      } catch {
        return // the person went back without a photo, or does not want to give any
      }
      const photos = chosen.slice(0, left).map(({ tempFilePath }): Picked => ({ path: tempFilePath, id: '', state: 'sending' }))
      this.show([...this.data.photos, ...photos])
      await Promise.all(photos.map(({ path }) => this.upload(path)))
    },
    async upload(path: string) {
      this.change(path, { state: 'sending' })
      try {
        const { id } = await uploadPhoto(path)
        this.change(path, { id, state: 'sent' })
      } catch (error) {
        this.change(path, { state: 'failed' })
        void wx.showToast({ title: sentenceOf(error), icon: 'none', duration: 3000 })
      }
    },
    retry(event: WechatMiniprogram.TouchEvent) {
      const photo = this.data.photos[Number(event.currentTarget.dataset.index)]
      if (photo.state === 'failed') void this.upload(photo.path)
      else void wx.previewImage({ urls: this.data.photos.map(({ path }) => path), current: photo.path })
    },
    remove(event: WechatMiniprogram.TouchEvent) {
      const removed = Number(event.currentTarget.dataset.index)
      this.show(this.data.photos.filter((_, index) => index !== removed))
    },
    change(path: string, change: Partial<Picked>) {
      this.show(this.data.photos.map((photo) => (photo.path === path ? { ...photo, ...change } : photo)))
    },
    show(photos: Picked[]) {
      this.setData({ photos })
      const ids = photos.filter(({ state }) => state === 'sent').map(({ id }) => id)
      this.triggerEvent('change', { ids, waiting: photos.length - ids.length })
    },
  },
})
