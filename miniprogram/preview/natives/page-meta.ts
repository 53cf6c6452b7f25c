import { surroundings } from '../surroundings'
import { NativeElement } from './native-element'

const systemFontSize = 17 // pixels at scale 1

/** Sets what stands above a page's own nodes; it counts while the page is shown. */
export class PageMetaElement extends NativeElement {
  private readonly shown = new MutationObserver(() => this.applyRootFontSize())

  protected override start(): void {
    const page = this.closest('.preview-page')
    if (page) this.shown.observe(page, { attributes: true, attributeFilter: ['hidden'] })
  }

  protected override update(name: string): void {
    const page = this.closest('page') as HTMLElement | null
    if (name === 'rootFontSize') this.applyRootFontSize()
    else if (name === 'pageStyle') page?.setAttribute('style', `${this.text('pageStyle')}`)
    else if (name === 'backgroundColor') page?.parentElement?.style.setProperty('--preview-background', this.text(name))
    if (name === 'pageFontSize' || (name === 'pageStyle' && this.properties.pageFontSize)) page?.style.setProperty('font-size', fontSize(this.text('pageFontSize')))
  }

  /** All pages share one document, and so one root: the page that is shown sets it. */
  private applyRootFontSize(): void {
    const page = this.closest<HTMLElement>('.preview-page')
    if (!page || page.hidden) return
    document.documentElement.style.fontSize = fontSize(this.text('rootFontSize'))
  }

  disconnectedCallback(): void {
    this.shown.disconnect()
    document.documentElement.style.fontSize = ''
  }
}

function fontSize(value: string): string {
  return value === 'system' ? `${systemFontSize * surroundings.session.fontScale}px` : value
}
