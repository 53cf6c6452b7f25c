import { decode } from './qr'

export interface CodeOnShow { text: string, at: number, page: string }

const key = 'preview:codes-on-show'
const mostKept = 12
const keptFor = 10 * 60 * 1000 // milliseconds
const narrowest = 100 // pixels: smaller pictures are icons

/** The QR codes that pages have shown, for all people and windows of this preview: what a camera could see. */
export class CodesOnShow {
  list(now = Date.now()): CodeOnShow[] {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]') as CodeOnShow[]
    return kept.filter(({ at }) => now - at < keptFor)
  }

  note(text: string, page: string): void {
    const others = this.list().filter((code) => code.text !== text)
    const codes = [{ text, at: Date.now(), page }, ...others].slice(0, mostKept)
    localStorage.setItem(key, JSON.stringify(codes))
  }

  clear(): void {
    localStorage.removeItem(key)
  }

  /** Notes the code of a picture that has just been drawn. */
  look(element: HTMLElement, picture: HTMLImageElement): void {
    requestAnimationFrame(() => {
      if (element.clientWidth < narrowest || !picture.naturalWidth) return
      const text = decode(picture, picture.naturalWidth, picture.naturalHeight)
      if (text) this.note(text, document.title)
    })
  }
}
