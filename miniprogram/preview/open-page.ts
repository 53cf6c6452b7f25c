import type { Instance, MiniProgramNode } from './glass-easel'
import { make } from './markup'
import type { AppConfig, PageConfig } from './program'
import type { Target } from './routes'
import type { EventChannel } from './event-channel'

export interface MountedPage {
  instance: Instance
  component: MiniProgramNode
  attach(): void
  release(): void
}

export type Mount = (route: string, host: HTMLElement) => MountedPage

/** A page of the stack, with its own part of the document. */
export class OpenPage {
  readonly element: HTMLElement
  readonly config: PageConfig
  readonly navigation: { title: string, background: string, foreground: string, isCustom: boolean }
  private readonly mounted: MountedPage
  private isReady = false

  constructor(readonly target: Target, app: AppConfig, pageConfig: PageConfig, view: HTMLElement, mount: Mount, channel: EventChannel | undefined) {
    const config = { ...app.window, ...pageConfig }
    this.config = config
    this.navigation = {
      title: config.navigationBarTitleText ?? '',
      background: config.navigationBarBackgroundColor ?? '#000000',
      foreground: config.navigationBarTextStyle === 'black' ? '#000000' : '#ffffff',
      isCustom: config.navigationStyle === 'custom',
    }
    const host = document.createElement('page')
    const dots = make('div', { class: 'preview-refresh', 'aria-hidden': 'true' }, make('i'), make('i'), make('i'))
    this.element = make('div', { class: 'preview-page', 'data-route': target.route }, dots, host)
    this.element.style.setProperty('--preview-background', config.backgroundColor ?? '#ffffff')
    view.append(this.element)
    this.mounted = mount(target.route, host)
    if (channel) this.instance.getOpenerEventChannel = () => channel
  }

  get route(): string {
    return this.target.route
  }

  get instance(): Instance {
    return this.mounted.instance
  }

  load(): void {
    this.watchScroll()
    this.mounted.attach()
    this.call('onLoad', this.target.options)
  }

  show(): void {
    this.call('onShow')
    this.mounted.component.triggerPageLifetime('show', [])
    if (this.isReady) {
      this.tellReady()
      return
    }
    this.isReady = true
    requestAnimationFrame(() => {
      this.call('onReady')
      this.tellReady()
    })
  }

  hide(): void {
    this.call('onHide')
    this.mounted.component.triggerPageLifetime('hide', [])
  }

  unload(): void {
    this.call('onUnload')
    this.mounted.release()
    this.element.remove()
  }

  /** An error of the page's own code goes on to the window and stops nothing here. */
  call(name: string, ...parameters: unknown[]): unknown {
    const method = this.instance[name]
    if (typeof method !== 'function') return undefined
    try {
      return method.apply(this.instance, parameters)
    } catch (error) {
      reportError(error)
      return undefined
    }
  }

  /** Tests and the frame wait for it. */
  private tellReady(): void {
    if (!this.element.hidden) document.documentElement.dataset.page = this.route
  }

  private watchScroll(): void {
    let isAtBottom = false
    this.element.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = this.element
      this.call('onPageScroll', { scrollTop })
      const isNowAtBottom = scrollHeight - scrollTop - clientHeight <= (this.config.onReachBottomDistance ?? 50)
      if (isNowAtBottom && !isAtBottom) this.call('onReachBottom')
      isAtBottom = isNowAtBottom
    }, { passive: true })
  }
}
