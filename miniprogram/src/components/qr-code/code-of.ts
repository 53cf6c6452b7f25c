import qrcode from 'qrcode-generator'

/** Light squares that a reader needs around a code, on each side. */
export const quietModules = 4

/** A text as a QR code that can still be read when a seventh part of it is spoiled (level M). */
export function codeOf(text: string) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  return code
}
