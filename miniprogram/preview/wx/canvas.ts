import { allAsynchronous, type Context } from './api'
import { keepFile } from './files'

interface PictureOptions {
  canvas?: HTMLCanvasElement
  x?: number
  y?: number
  width?: number
  height?: number
  destWidth?: number
  destHeight?: number
  fileType?: 'png' | 'jpg'
  quality?: number
}

const longestEdge = 4096 // dots: what is larger ends the app on some phones

export function createCanvas({ calls }: Context): object {
  return allAsynchronous(calls, {
    async canvasToTempFilePath(options: PictureOptions) {
      if (!(options.canvas instanceof HTMLCanvasElement)) throw new Error('the preview takes the node of a <canvas type="2d"> only')
      return { tempFilePath: keepFile(await fileOf(cutOut(options.canvas, options), options)) }
    },
  })
}

/** Without destWidth and destHeight the picture has the dots of the phone's screen, as in WeChat. */
function cutOut(canvas: HTMLCanvasElement, { x = 0, y = 0, width = canvas.width - x, height = canvas.height - y, destWidth = width * devicePixelRatio, destHeight = height * devicePixelRatio }: PictureOptions): HTMLCanvasElement {
  if (Math.max(canvas.width, canvas.height, destWidth, destHeight) > longestEdge) throw new Error(`a canvas may be ${longestEdge} dots wide and high`)
  const picture = Object.assign(document.createElement('canvas'), { width: destWidth, height: destHeight })
  picture.getContext('2d')?.drawImage(canvas, x, y, width, height, 0, 0, destWidth, destHeight)
  return picture
}

function fileOf(picture: HTMLCanvasElement, { fileType = 'png', quality }: PictureOptions): Promise<Blob> {
  return new Promise((resolve, reject) => {
    picture.toBlob((file) => (file ? resolve(file) : reject(new Error('the canvas is empty'))), fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality)
  })
}
