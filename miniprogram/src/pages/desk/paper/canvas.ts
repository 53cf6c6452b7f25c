import type { Pen } from './pen'
import type { Plan } from './plan'

/** The node of a <canvas type="2d">. */
export interface Canvas {
  width: number
  height: number
  getContext(kind: '2d'): Pen
  createImage(): CanvasImage
}

interface CanvasImage {
  src: string
  onload: () => void
  onerror: (error: unknown) => void
}

/** Loads the pictures that a plan names, by their paths. Rejects when one cannot be read. */
export async function loadPictures(canvas: Canvas, { marks }: Plan): Promise<ReadonlyMap<string, CanvasImage>> {
  const paths = marks.flatMap((mark) => (mark.kind === 'picture' ? [mark.path] : []))
  return new Map(await Promise.all(paths.map(async (path) => [path, await loaded(canvas, path)] as const)))
}

function loaded(canvas: Canvas, path: string): Promise<CanvasImage> {
  return new Promise((resolve, reject) => {
    const image = canvas.createImage()
    image.onload = () => resolve(image)
    image.onerror = reject
    image.src = path
  })
}

/** The whole canvas as a PNG of this phone, a dot for a dot; WeChat's own size would be that of the screen's dots. */
export async function keepPicture(canvas: Canvas): Promise<string> {
  const { width, height } = canvas
  const { tempFilePath } = await wx.canvasToTempFilePath({ canvas, x: 0, y: 0, width, height, destWidth: width, destHeight: height, fileType: 'png' })
  return tempFilePath
}
