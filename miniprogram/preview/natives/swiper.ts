import { make } from '../markup'
import { NativeElement } from './native-element'

const settleTime = 120 // milliseconds without scrolling after which a swipe has ended

export class SwiperElement extends NativeElement {
  private readonly items = make('div', { class: 'preview-swiper-items' })
  private readonly dots = make('div', { class: 'preview-swiper-dots', 'aria-hidden': 'true' })
  private current = 0
  private source: 'touch' | 'autoplay' | '' = 'touch'
  private settling: number | undefined
  private playing: number | undefined

  constructor() {
    super()
    this.items.addEventListener('scroll', () => this.onScroll(), { passive: true })
    this.items.addEventListener('touchstart', () => (this.source = 'touch'), { passive: true })
    new MutationObserver(() => this.showDots()).observe(this.items, { childList: true, subtree: true })
  }

  protected override start(): void {
    Node.prototype.appendChild.call(this, this.items)
    Node.prototype.appendChild.call(this, this.dots)
    this.items.tabIndex = 0
    this.showDots()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.play()
  }

  disconnectedCallback(): void {
    clearInterval(this.playing)
  }

  protected override update(name: string): void {
    if (name === 'current') this.goByHand(this.number('current', 0))
    else if (name === 'vertical') this.items.classList.toggle('preview-vertical', this.isOn('vertical'))
    else if (name === 'autoplay' || name === 'interval') this.play()
    else if (name.startsWith('indicator')) this.showDots()
  }

  private get swiperItems(): Element[] {
    return [...this.items.querySelectorAll('wx-swiper-item')]
  }

  private play(): void {
    clearInterval(this.playing)
    if (!this.isOn('autoplay')) return
    this.playing = window.setInterval(() => {
      this.source = 'autoplay'
      this.go((this.current + 1) % Math.max(1, this.swiperItems.length), 'smooth')
    }, this.number('interval', 5000))
  }

  private goByHand(index: number): void {
    if (index === this.current) return
    this.source = ''
    requestAnimationFrame(() => this.go(index, 'smooth'))
  }

  private go(index: number, behavior: ScrollBehavior): void {
    const { clientWidth, clientHeight } = this.items
    if (this.isOn('vertical')) this.items.scrollTo({ top: index * clientHeight, behavior })
    else this.items.scrollTo({ left: index * clientWidth, behavior })
  }

  private onScroll(): void {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.items
    const index = Math.round(this.isOn('vertical') ? scrollTop / (clientHeight || 1) : scrollLeft / (clientWidth || 1))
    clearTimeout(this.settling)
    this.settling = window.setTimeout(() => this.emit('animationfinish', this.detail()), settleTime)
    if (index === this.current) return
    this.current = index
    this.properties.current = index
    this.tellModel('current', index)
    this.showDots()
    this.emit('change', this.detail())
  }

  private detail(): Record<string, unknown> {
    const item = this.swiperItems[this.current]
    const currentItemId = item instanceof NativeElement ? String(item.properties.itemId ?? '') : ''
    return { current: this.current, source: this.source, currentItemId }
  }

  private showDots(): void {
    this.dots.hidden = !this.isOn('indicatorDots')
    if (this.dots.hidden) return
    const colour = this.text('indicatorColor') || 'rgba(0, 0, 0, .3)'
    const activeColour = this.text('indicatorActiveColor') || '#000000'
    this.dots.replaceChildren(...this.swiperItems.map((_, index) => make('i', { style: `background:${index === this.current ? activeColour : colour}` })))
  }

  override appendChild<Child extends Node>(child: Child): Child {
    return this.items.appendChild(child)
  }

  override insertBefore<Child extends Node>(child: Child, before: Node | null): Child {
    return this.items.insertBefore(child, before)
  }

  override removeChild<Child extends Node>(child: Child): Child {
    return this.items.removeChild(child)
  }

  override replaceChild<Child extends Node>(added: Node, removed: Child): Child {
    return this.items.replaceChild(added, removed)
  }
}
