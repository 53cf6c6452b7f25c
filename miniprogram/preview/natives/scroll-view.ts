import { nodeOf } from '../glass-easel'
import { NativeElement } from './native-element'

export class ScrollViewElement extends NativeElement {
  private isNearEnd = false
  private isNearStart = true
  private last = { top: 0, left: 0 }

  protected override start(): void {
    this.addEventListener('scroll', () => this.onScroll(), { passive: true })
    this.tabIndex = 0
  }

  protected override update(name: string): void {
    if (name === 'scrollX') this.style.overflowX = this.isOn(name) ? 'auto' : ''
    else if (name === 'scrollY') this.style.overflowY = this.isOn(name) ? 'auto' : ''
    else if (name === 'scrollTop') this.scrollTo({ top: this.number(name, 0), behavior: this.pace })
    else if (name === 'scrollLeft') this.scrollTo({ left: this.number(name, 0), behavior: this.pace })
    else if (name === 'scrollIntoView') requestAnimationFrame(() => this.showChild())
  }

  private get pace(): ScrollBehavior {
    return this.isOn('scrollWithAnimation') ? 'smooth' : 'auto'
  }

  private showChild(): void {
    const id = this.text('scrollIntoView')
    const child = id ? nodeOf(this)?.ownerShadowRoot?.querySelector(`#${id}`)?.$$ : undefined
    if (!child) return
    const inner = child.getBoundingClientRect()
    const outer = this.getBoundingClientRect()
    this.scrollBy({ top: this.isOn('scrollY') ? inner.top - outer.top : 0, left: this.isOn('scrollX') ? inner.left - outer.left : 0, behavior: this.pace })
  }

  private onScroll(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = this
    this.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX: this.last.left - scrollLeft, deltaY: this.last.top - scrollTop })
    this.last = { top: scrollTop, left: scrollLeft }
    const isVertical = this.isOn('scrollY')
    const fromStart = isVertical ? scrollTop : scrollLeft
    const toEnd = isVertical ? scrollHeight - scrollTop - clientHeight : scrollWidth - scrollLeft - clientWidth
    this.tellEnds(fromStart <= this.number('upperThreshold', 50), toEnd <= this.number('lowerThreshold', 50), isVertical)
  }

  private tellEnds(isNearStart: boolean, isNearEnd: boolean, isVertical: boolean): void {
    if (isNearStart && !this.isNearStart) this.emit('scrolltoupper', { direction: isVertical ? 'top' : 'left' })
    if (isNearEnd && !this.isNearEnd) this.emit('scrolltolower', { direction: isVertical ? 'bottom' : 'right' })
    this.isNearStart = isNearStart
    this.isNearEnd = isNearEnd
  }
}
