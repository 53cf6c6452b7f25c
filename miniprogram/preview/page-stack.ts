import { EventChannel } from './event-channel'
import { OpenPage, type Mount } from './open-page'
import type { AppConfig, PageConfig, TabConfig } from './program'
import { parseUrl, type Target } from './routes'
import type { TabBar } from './tab-bar'

const deepest = 10 // pages, as in WeChat

export interface Stage {
  app: AppConfig
  pages: string[]
  configOf(route: string): PageConfig
  mount: Mount
  view: HTMLElement
  tabBar: TabBar
  /** The bars and the address follow the page that is shown. */
  onShown(page: OpenPage, depth: number): void
}

/** The pages that are open, the last one on top; pages of the tab bar stay alive underneath. */
export class PageStack {
  private stack: OpenPage[] = []
  private readonly tabs = new Map<string, OpenPage>()

  constructor(private readonly stage: Stage) {}

  get top(): OpenPage | undefined {
    return this.stack[this.stack.length - 1]
  }

  get open(): readonly OpenPage[] {
    return this.stack
  }

  /** listeners: what the opening page hears from the opened one, from its onLoad on. */
  navigateTo(url: string, listeners: Record<string, (...parameters: unknown[]) => void> = {}): EventChannel {
    const target = this.parse(url)
    if (this.isTab(target)) throw new Error('can not navigateTo a tabbar page')
    if (this.stack.length >= deepest) throw new Error('webview count limit exceed')
    const channel = new EventChannel()
    for (const [name, listener] of Object.entries(listeners)) channel.on(name, listener)
    this.top?.hide()
    this.push(target, channel)
    this.showTop()
    return channel
  }

  redirectTo(url: string): void {
    const target = this.parse(url)
    if (this.isTab(target)) throw new Error('can not redirectTo a tabbar page')
    this.dropTop()
    this.push(target)
    this.showTop()
  }

  switchTab(url: string): void {
    const target = this.parse(url)
    if (!this.isTab(target)) throw new Error('can not switch to no-tabBar page')
    if (this.top?.route === target.route) return
    this.top?.hide()
    for (const page of this.stack.splice(0).reverse()) {
      if (this.tabs.get(page.route) !== page) page.unload()
    }
    const kept = this.tabs.get(target.route)
    if (kept) this.stack.push(kept)
    else this.pushTab({ route: target.route, options: {} })
    this.showTop()
  }

  reLaunch(url: string): void {
    const target = this.parse(url)
    for (const page of new Set([...this.stack.splice(0).reverse(), ...this.tabs.values()])) page.unload()
    this.tabs.clear()
    if (this.isTab(target)) this.pushTab(target)
    else this.push(target)
    this.showTop()
  }

  navigateBack(pages: number): void {
    if (this.stack.length < 2) return
    const leave = Math.min(Math.max(pages, 1), this.stack.length - 1)
    for (let left = 0; left < leave; left++) this.dropTop()
    this.showTop()
  }

  /** Paints the bars anew after the page has changed its title or colours. */
  refreshBars(): void {
    if (this.top) this.stage.onShown(this.top, this.stack.length)
  }

  tapTab(tab: TabConfig, index: number): void {
    this.switchTab(`/${tab.pagePath}`)
    this.top?.call('onTabItemTap', { index, pagePath: tab.pagePath, text: tab.text })
  }

  private parse(url: string): Target {
    return parseUrl(url, this.stage.pages, this.top?.route)
  }

  private isTab({ route }: Target): boolean {
    return this.stage.tabBar.has(route)
  }

  private push(target: Target, channel?: EventChannel): OpenPage {
    const { app, configOf, view, mount } = this.stage
    const page = new OpenPage(target, app, configOf(target.route), view, mount, channel)
    this.stack.push(page) // seen by getCurrentPages() from onLoad on
    page.load()
    return page
  }

  private pushTab(target: Target): void {
    this.tabs.set(target.route, this.push(target))
  }

  private dropTop(): void {
    const page = this.stack.pop()
    if (!page) return
    if (this.tabs.get(page.route) === page) this.tabs.delete(page.route)
    page.unload()
  }

  private showTop(): void {
    const { top } = this
    if (!top) return
    for (const page of [...this.stack, ...this.tabs.values()]) page.element.hidden = page !== top
    this.stage.onShown(top, this.stack.length)
    top.show()
  }
}
