import jsQR from 'jsqr'

const widestLook = 800 // pixels; larger pictures are drawn smaller first

/** The text of the QR code in a picture, undefined if there is none. */
export function decode(source: CanvasImageSource, width: number, height: number): string | undefined {
  const scale = Math.min(1, widestLook / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  const pixels = readPixels(context, canvas)
  return pixels && (jsQR(pixels.data, canvas.width, canvas.height)?.data || undefined)
}

/** A picture of another site may be shown but not read. */
function readPixels(context: CanvasRenderingContext2D, canvas: HTMLCanvasElement): ImageData | undefined {
  try {
    return context.getImageData(0, 0, canvas.width, canvas.height)
  } catch {
    return undefined
  }
}

export async function decodePicture(file: Blob): Promise<string | undefined> {
  try {
    const bitmap = await createImageBitmap(file)
    return decode(bitmap, bitmap.width, bitmap.height)
  } catch {
    return undefined
  }
}
