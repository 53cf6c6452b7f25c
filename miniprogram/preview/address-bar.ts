import type { PageStack } from './page-stack'
import type { OpenPage } from './open-page'
import { formatUrl } from './routes'

/**
 * The browser's address follows the page that is shown, and an address that is typed opens its page. One entry of the
 * browser's history stands for all open pages, so that a phone's own back button goes back by one page.
 */
export class AddressBar {
  constructor(private readonly pages: () => PageStack) {
    window.addEventListener('popstate', (event) => this.onPopState(event))
  }

  get route(): string {
    return location.hash.replace(/^#\/?/, '')
  }

  show(page: OpenPage, depth: number): void {
    const address = `#/${formatUrl(page.target)}`
    const isGuarded = (history.state as { isGuard?: boolean } | null)?.isGuard === true
    if (depth > 1 && !isGuarded) history.pushState({ isGuard: true }, '', address)
    else history.replaceState(isGuarded ? { isGuard: true } : { isBase: true }, '', address)
    const frame = window.parent === window ? undefined : (window.parent as { previewFrame?: { follow(hash: string): void } }).previewFrame
    frame?.follow(address)
  }

  private onPopState({ state }: PopStateEvent): void {
    const pages = this.pages()
    const isKnown = (state as { isBase?: boolean } | null)?.isBase === true
    if (isKnown && pages.open.length > 1) pages.navigateBack(1)
    else if (isKnown) pages.refreshBars()
    else if (this.route) pages.reLaunch(`/${this.route}`)
  }
}
