import { make } from './markup'
import type { TabBarConfig, TabConfig } from './program'

interface Tab { config: TabConfig, button: HTMLButtonElement, icon: HTMLImageElement, badge: HTMLElement }

export class TabBar {
  readonly element = make('nav', { class: 'preview-tab-bar', role: 'tablist' })
  private readonly tabs: Tab[]

  constructor(private readonly config: TabBarConfig | undefined, onTap: (tab: TabConfig, index: number) => void) {
    this.tabs = (config?.list ?? []).map((tab, index) => this.makeTab(tab, () => onTap(tab, index)))
    this.element.style.background = config?.backgroundColor ?? '#ffffff'
  }

  has(route: string): boolean {
    return this.tabs.some(({ config }) => config.pagePath === route)
  }

  show(route: string): void {
    this.element.hidden = !this.has(route)
    for (const { config, button, icon } of this.tabs) {
      const isSelected = config.pagePath === route
      button.setAttribute('aria-selected', String(isSelected))
      button.style.color = (isSelected ? this.config?.selectedColor : this.config?.color) ?? '#000000'
      const source = (isSelected ? config.selectedIconPath : undefined) ?? config.iconPath
      if (source) icon.src = source.replace(/^\//, '')
      icon.hidden = !source
    }
  }

  setBadge(index: number, text: string): void {
    const badge = this.tabAt(index).badge
    badge.textContent = text.length > 4 ? '…' : text
    badge.hidden = text === ''
    badge.classList.remove('preview-dot')
  }

  setDot(index: number, isShown: boolean): void {
    const badge = this.tabAt(index).badge
    badge.textContent = ''
    badge.hidden = !isShown
    badge.classList.toggle('preview-dot', isShown)
  }

  private tabAt(index: number): Tab {
    const tab = this.tabs[index]
    if (!tab) throw new Error(`tabbar item not found`)
    return tab
  }

  private makeTab(config: TabConfig, onTap: () => void): Tab {
    const icon = make('img', { alt: '' })
    const badge = make('b')
    badge.hidden = true
    const button = make('button', { type: 'button', role: 'tab' }, icon, make('span', {}, config.text), badge)
    button.addEventListener('click', onTap)
    this.element.append(button)
    return { config, button, icon, badge }
  }
}
