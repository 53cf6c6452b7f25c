import { breakLines } from './break-lines'
import type { Pen } from './pen'
import type { Words } from './plan'

const lineHeight = 1.3
const smaller = 0.96

/** Writes a text into the middle of its area, smaller until it fits. */
export function drawWords(pen: Pen, words: Words): void {
  const { size, lines } = fitted(pen, words)
  const { x, y, width, height, align, colour } = words
  pen.font = fontOf(words, size)
  pen.fillStyle = colour
  pen.textAlign = align
  pen.textBaseline = 'middle'
  const first = y + height / 2 - ((lines.length - 1) * size * lineHeight) / 2
  lines.forEach((line, index) => pen.fillText(line, align === 'center' ? x + width / 2 : x, first + index * size * lineHeight))
}

function fitted(pen: Pen, words: Words): { size: number; lines: string[] } {
  pen.font = fontOf(words, words.size)
  const letters = Array.from(words.text, (text) => ({ text, width: pen.measureText(text).width / words.size }))
  const widest = Math.max(...letters.map(({ width }) => width))
  for (let size = words.size; ; size *= smaller) {
    const lines = breakLines(letters, words.width / size)
    if (lines.length * size * lineHeight <= words.height && widest * size <= words.width) return { size, lines }
  }
}

const fontOf = ({ bold }: Words, size: number): string => `${bold ? 'bold' : 'normal'} ${size}px sans-serif`
