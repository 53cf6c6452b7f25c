// Reads a picture that the preview has given to be kept: its size and its QR codes.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const decoder = createRequire(import.meta.url).resolve('jsqr/dist/jsQR.js')
const kept = path.resolve(import.meta.dirname, '../../dist/shots')

/**
 * Waits for what `tap` has the browser keep. Gives `{ type, width, height, codes }`: a text or null for each of `areas`,
 * which are [x, y, width, height] in millimetres of A4.
 */
export async function printedPicture(phone, tap, areas, name) {
  const download = phone.waitForEvent('download')
  await tap()
  const file = path.join(kept, name)
  await (await download).saveAs(file)
  await phone.addScriptTag({ path: decoder })
  return phone.evaluate(read, [fs.readFileSync(file).toString('base64'), areas])
}

async function read([base64, areas]) {
  const file = await (await fetch(`data:;base64,${base64}`)).blob()
  const bitmap = await globalThis.createImageBitmap(file)
  const { width, height } = bitmap
  const codes = areas.map((area) => {
    const [left, top, wide, high] = area.map((millimetres) => Math.round((millimetres / 210) * width))
    const pen = new globalThis.OffscreenCanvas(wide, high).getContext('2d')
    pen.drawImage(bitmap, left, top, wide, high, 0, 0, wide, high)
    return globalThis.jsQR(pen.getImageData(0, 0, wide, high).data, wide, high)?.data ?? null
  })
  const signature = [...new Uint8Array(await file.slice(1, 4).arrayBuffer())].map((byte) => String.fromCharCode(byte)).join('')
  return { type: signature, width, height, codes }
}
