import { fire, glassEasel, type PreviewElement } from './glass-easel'
import { noteTappable } from './keyboard'
import { viewport } from './viewport'

const eventsOfTheDocument = new Set(['transitionend', 'animationstart', 'animationend', 'animationiteration'])

interface BoundElement extends PreviewElement {
  previewListened?: Set<string>
  previewModel?: Record<string, ((value: unknown) => void) | null>
}

/** Where glass-easel draws: this document, with sizes as WeChat tells them and each style sheet kept once. */
export class DomBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly sheets = new Map<string, string>()
  private readonly appended = new Set<string>()

  registerStyleSheetContent(path: string, content: unknown): void {
    this.sheets.set(path, String(content))
  }

  /** The adapter appends every sheet again for every page opened. */
  appendStyleSheetPath(path: string): number {
    if (this.appended.has(path)) return 0
    this.appended.add(path)
    const style = document.createElement('style')
    style.dataset.path = path
    style.textContent = this.sheets.get(path) ?? ''
    // the app's own sheet comes first: a page's styles go over it
    if (path === 'app') document.head.querySelector('link[rel=stylesheet]')?.after(style)
    else document.head.append(style)
    return 0
  }

  getWindowWidth(): number {
    return viewport().clientWidth
  }

  getWindowHeight(): number {
    return viewport().clientHeight
  }

  setListenerStats(element: BoundElement | null, type: string): void {
    if (!element) return
    if (type === 'tap') noteTappable(element)
    if (!eventsOfTheDocument.has(type)) return
    element.previewListened ??= new Set()
    if (element.previewListened.has(type)) return
    element.previewListened.add(type)
    element.addEventListener(type, (event) => {
      if (event.target === element && element.__wxElement) fire(element.__wxElement, type)
    })
  }

  setModelBindingStat(element: BoundElement, name: string, listener: ((value: unknown) => void) | null): void {
    element.previewModel ??= {}
    element.previewModel[name] = listener
  }

  setScrollPosition(element: HTMLElement, left: number, top: number, duration: number): void {
    element.scrollTo({ left, top, behavior: duration > 0 ? 'smooth' : 'auto' })
  }
}
