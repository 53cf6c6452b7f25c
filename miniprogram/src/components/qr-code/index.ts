import qrcode from 'qrcode-generator'

/** Draws a text as a QR code, sharp at any width: a GIF that needs no network. */
Component({
  properties: {
    text: { type: String, value: '' },
    /** In px. */
    width: { type: Number, value: 240 },
    label: { type: String, value: '二维码' },
  },
  data: { source: '' },
  observers: {
    text(text: string) {
      this.setData({ source: text ? picture(text) : '' })
    },
  },
})

const dotsOfAModule = 8
const quietModules = 4

function picture(text: string): string {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  return code.createDataURL(dotsOfAModule, quietModules * dotsOfAModule)
}
