import { NativeElement } from './native-element'

export class TextElement extends NativeElement {
  protected override update(name: string): void {
    if (name === 'userSelect' || name === 'selectable') this.style.userSelect = this.isOn(name) ? 'text' : ''
  }
}
