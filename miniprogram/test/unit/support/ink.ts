import type { Pen } from '../../../src/pages/desk/paper/pen'

export interface Written {
  text: string
  size: number
  left: number
  right: number
  top: number
  bottom: number
}

/** A pen that notes what it does: every letter is as wide as it is high, but for those of ASCII, which are half as wide. */
export class NotingPen implements Pen {
  fillStyle = ''
  strokeStyle = ''
  lineWidth = 1
  font = ''
  textAlign: Pen['textAlign'] = 'left'
  textBaseline = 'middle' as const
  readonly written: Written[] = []
  readonly filled: { colour: string; x: number; y: number; width: number; height: number }[] = []
  readonly pictures: { picture: unknown; x: number; y: number; width: number; height: number }[] = []
  readonly lines: { from: number[]; to: number[] }[] = []
  private at: number[] = []

  private get size(): number {
    return Number(/([\d.]+)px/.exec(this.font)?.[1])
  }
  measureText(text: string): { width: number } {
    return { width: Array.from(text).reduce((sum, letter) => sum + (letter < '\u0080' ? 0.5 : 1), 0) * this.size }
  }
  fillText(text: string, x: number, y: number): void {
    const { width } = this.measureText(text)
    const left = this.textAlign === 'center' ? x - width / 2 : x
    this.written.push({ text, size: this.size, left, right: left + width, top: y - this.size / 2, bottom: y + this.size / 2 })
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.filled.push({ colour: this.fillStyle, x, y, width, height })
  }
  drawImage(picture: unknown, x: number, y: number, width: number, height: number): void {
    this.pictures.push({ picture, x, y, width, height })
  }
  setLineDash(): void {}
  beginPath(): void {}
  stroke(): void {}
  moveTo(x: number, y: number): void {
    this.at = [x, y]
  }
  lineTo(x: number, y: number): void {
    this.lines.push({ from: this.at, to: [x, y] })
  }
}
