import { codeOf, quietModules } from '../../../components/qr-code/code-of'
import type { Pen } from './pen'
import type { Code } from './plan'

/** Draws a QR code of squares of whole dots, in the middle of its area. */
export function drawCode(pen: Pen, { text, x, y, width }: Code): void {
  const code = codeOf(text)
  const modules = code.getModuleCount()
  const square = Math.floor(width / (modules + 2 * quietModules))
  const quiet = Math.round((width - modules * square) / 2)
  pen.fillStyle = '#000000'
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      if (code.isDark(row, column)) pen.fillRect(x + quiet + column * square, y + quiet + row * square, square, square)
    }
  }
}
