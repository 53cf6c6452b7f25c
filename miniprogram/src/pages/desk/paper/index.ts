import { ApiError } from '../../../services/api-error'
import { keepPicture, loadPictures, type Canvas } from './canvas'
import { drawPlan } from './draw-plan'
import type { Plan } from './plan'

/** Draws a plan where nobody sees it, and gives it as a picture of this phone. */
Component({
  data: { drawing: false },
  methods: {
    /** Gives the path of a PNG. Rejects with ApiError when the phone cannot draw it. */
    async picture(plan: Plan): Promise<string> {
      try {
        const canvas = await this.canvas()
        canvas.width = plan.width
        canvas.height = plan.height
        drawPlan(canvas.getContext('2d'), plan, await loadPictures(canvas, plan))
        return await keepPicture(canvas)
      } catch {
        throw new ApiError({ code: 'picture.failed', detail: '这部手机画不出这张图。可以截屏，或在电脑的浏览器里打开这一页打印' })
      } finally {
        this.setData({ drawing: false })
      }
    },
    /** It is there only while something is drawn: a sheet takes 35 MB. */
    canvas(): Promise<Canvas> {
      return new Promise((resolve, reject) => {
        this.setData({ drawing: true }, () => {
          this.createSelectorQuery()
            .select('#sheet')
            .fields({ node: true }, (found: { node?: Canvas } | null) => (found?.node ? resolve(found.node) : reject(new Error('no canvas'))))
            .exec()
        })
      })
    },
  },
})
