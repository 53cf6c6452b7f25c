import { pickDate } from '../dialogs/date-sheet'
import { pickItem } from '../dialogs/item-sheet'
import { NativeElement } from './native-element'

export class PickerElement extends NativeElement {
  private initialValue: unknown

  protected override start(): void {
    this.initialValue = this.properties.value
    if (!this.properties.ariaRole) this.setAttribute('role', 'button')
    this.setAttribute('aria-haspopup', 'dialog')
    this.tabIndex = 0
  }

  override onTap(): boolean {
    if (!this.isOn('disabled')) void this.open()
    return true
  }

  private async open(): Promise<void> {
    const chosen = await this.choose()
    if (chosen === undefined) {
      this.emit('cancel')
      return
    }
    this.properties.value = chosen
    this.tellModel('value', chosen)
    this.emit('change', { value: chosen })
  }

  /** A selector's value is the place in its range, as text. */
  private async choose(): Promise<string | undefined> {
    const mode = this.text('mode') || 'selector'
    const title = this.text('headerText')
    if (mode === 'date' || mode === 'time') {
      return pickDate({ mode, title: title || (mode === 'date' ? '选择日期' : '选择时间'), value: this.text('value'), start: this.text('start'), end: this.text('end') })
    }
    const index = await pickItem(title || '请选择', this.labels(), this.number('value', 0))
    return index === undefined ? undefined : String(index)
  }

  private labels(): string[] {
    const range = (this.properties.range ?? []) as unknown[]
    const key = this.text('rangeKey')
    return range.map((item) => String(key ? (item as Record<string, unknown>)[key] : item))
  }

  override get formValue(): unknown {
    return this.properties.value
  }

  override resetForm(): void {
    this.properties.value = this.initialValue
  }
}
