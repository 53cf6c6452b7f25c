import { starOf } from '../../wording/stars'

/** One of the five stars, by its code. */
Component({
  properties: { star: { type: String, value: '' } },
  data: { name: '', color: '' },
  observers: {
    star(star: string) {
      const { name, color } = starOf(star)
      this.setData({ name, color })
    },
  },
})
