import { make, makeButton } from './markup'
import type { OpenPage } from './open-page'

/** The bar above a page: back, title, and the capsule whose dots open the switcher. */
export class NavigationBar {
  readonly element: HTMLElement
  private readonly title = make('h1', { class: 'preview-title' })
  private readonly back: HTMLButtonElement

  constructor(onBack: () => void, onCapsule: () => void) {
    this.back = makeButton('', 'preview-back', onBack)
    this.back.setAttribute('aria-label', '返回')
    const capsule = makeButton('•••', 'preview-capsule', onCapsule)
    capsule.setAttribute('aria-label', '预览设置')
    this.element = make('header', { class: 'preview-navigation' }, this.back, this.title, capsule)
  }

  show(page: OpenPage, canGoBack: boolean): void {
    const { title, background, foreground, isCustom } = page.navigation
    this.title.textContent = title
    this.title.hidden = isCustom || title === ''
    this.back.hidden = !canGoBack || isCustom
    this.element.style.background = isCustom ? 'none' : background
    this.element.style.color = foreground
    this.element.classList.toggle('preview-custom', isCustom)
    document.title = title || '小程序预览'
  }
}
