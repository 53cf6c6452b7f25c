import { make } from '../markup'
import { NativeElement } from './native-element'

export class ProgressElement extends NativeElement {
  private readonly bar = make('i')
  private readonly info = make('span')

  protected override start(): void {
    this.setAttribute('role', 'progressbar')
    this.setAttribute('aria-valuemin', '0')
    this.setAttribute('aria-valuemax', '100')
    if (!this.hasAttribute('aria-label')) this.setAttribute('aria-label', '进度')
    this.append(make('div', {}, this.bar), this.info)
    this.info.hidden = true
  }

  protected override update(name: string): void {
    const track = this.bar.parentElement as HTMLElement
    if (name === 'percent') this.showPercent(this.number('percent', 0))
    else if (name === 'showInfo') this.info.hidden = !this.isOn('showInfo')
    else if (name === 'color' || name === 'activeColor') this.bar.style.background = this.text(name)
    else if (name === 'backgroundColor') track.style.background = this.text(name)
    else if (name === 'strokeWidth') track.style.height = `${this.number(name, 6)}px`
    else if (name === 'borderRadius') track.style.borderRadius = `${this.number(name, 0)}px`
    else if (name === 'fontSize') this.info.style.fontSize = `${this.number(name, 16)}px`
  }

  private showPercent(percent: number): void {
    const shown = Math.min(100, Math.max(0, percent))
    this.bar.style.width = `${shown}%`
    this.info.textContent = `${shown}%`
    this.setAttribute('aria-valuenow', String(shown))
  }
}
