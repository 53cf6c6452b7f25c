import { openScanBox } from '../dialogs/scan-box'
import { pathOfCode } from '../mini-program-codes'
import { allAsynchronous, type Context } from './api'

export function createScan({ codes, calls }: Context): object {
  return allAsynchronous(calls, {
    async scanCode() {
      const text = await openScanBox(codes)
      if (text === undefined) throw new Error('cancel')
      const path = pathOfCode(text)
      // of a mini-program code WeChat gives the path alone
      if (path) return { result: '*', path, scanType: 'WX_CODE', charSet: 'utf-8', rawData: btoa('*') }
      return { result: text, scanType: 'QR_CODE', charSet: 'utf-8', rawData: toBase64(text) }
    },
  })
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
