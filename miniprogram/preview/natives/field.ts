import { nameFromLabel } from './label'
import { NativeElement } from './native-element'

const shownByField: ReadonlySet<string> = new Set(['placeholder', 'value', 'type', 'ariaLabel', 'ariaRole', 'placeholderStyle', 'placeholderClass', 'disabled', 'maxlength'])
const inputModes: Record<string, string> = { number: 'numeric', digit: 'decimal' }
const enterKeyHints: Record<string, string> = { send: 'send', search: 'search', next: 'next', go: 'go', done: 'done', return: 'enter' }
const defaultMaxLength = 140

/** <input>; with a larger inner field also <textarea>. */
export class FieldElement extends NativeElement {
  protected field!: HTMLInputElement | HTMLTextAreaElement
  private initialValue = ''

  protected override get innerProperties(): ReadonlySet<string> {
    return shownByField
  }

  protected makeField(): HTMLInputElement | HTMLTextAreaElement {
    return document.createElement('input')
  }

  protected override start(): void {
    this.field = this.makeField()
    this.field.maxLength = defaultMaxLength
    this.append(this.field)
    this.initialValue = this.text('value')
    this.field.addEventListener('input', (event) => {
      event.stopPropagation()
      this.onInput()
    })
    this.field.addEventListener('focus', () => this.emit('focus', { value: this.field.value, height: 0 }))
    this.field.addEventListener('blur', () => this.emit('blur', { value: this.field.value, cursor: this.field.selectionStart ?? 0 }))
    this.field.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Enter' && this.confirmsByEnter) this.onConfirm()
    })
    this.nameField()
  }

  protected get confirmsByEnter(): boolean {
    return true
  }

  private onConfirm(): void {
    this.emit('confirm', { value: this.field.value })
    if (!this.isOn('confirmHold')) this.field.blur()
  }

  private onInput(): void {
    const { value } = this.field
    this.properties.value = value
    this.fitHeight()
    this.tellModel('value', value)
    this.emit('input', { value, cursor: this.field.selectionStart ?? value.length, keyCode: 0 })
  }

  protected override update(name: string, value: unknown): void {
    if (name === 'value') this.showValue(this.text('value'))
    else if (name === 'placeholder') this.showPlaceholder()
    else if (name === 'placeholderStyle') this.colourPlaceholder()
    else if (name === 'ariaLabel') this.nameField()
    else if (name === 'disabled') this.field.disabled = this.isOn('disabled')
    else if (name === 'maxlength') this.limitLength()
    else if (name === 'confirmType') this.field.setAttribute('enterkeyhint', enterKeyHints[this.text(name)] ?? 'done')
    else if (name === 'focus' || name === 'autoFocus') this.setFocus(this.isOn(name))
    else if (name === 'type' || name === 'password') this.showType()
    else if (name === 'cursor' && Number(value) >= 0) this.field.setSelectionRange(Number(value), Number(value))
  }

  private showValue(value: string): void {
    if (this.field.value !== value) this.field.value = value
    this.fitHeight()
  }

  private showPlaceholder(): void {
    this.field.placeholder = this.text('placeholder')
    this.nameField()
  }

  private colourPlaceholder(): void {
    const colour = /(?:^|;)\s*color:\s*([^;]+)/.exec(this.text('placeholderStyle'))?.[1]
    if (colour) this.style.setProperty('--preview-placeholder', colour)
  }

  private nameField(): void {
    const name = this.text('ariaLabel') || nameFromLabel(this) || this.text('placeholder')
    if (name) this.field.setAttribute('aria-label', name)
    else this.field.removeAttribute('aria-label')
  }

  private limitLength(): void {
    const limit = this.number('maxlength', defaultMaxLength)
    if (limit >= 0) this.field.maxLength = limit
    else this.field.removeAttribute('maxlength')
  }

  private showType(): void {
    if (!(this.field instanceof HTMLInputElement)) return
    this.field.type = this.isOn('password') ? 'password' : 'text'
    this.field.inputMode = inputModes[this.text('type')] ?? 'text'
  }

  private setFocus(isFocused: boolean): void {
    if (isFocused) setTimeout(() => this.field.focus())
    else if (document.activeElement === this.field) this.field.blur()
  }

  protected fitHeight(): void {}

  override onTap(): boolean {
    if (document.activeElement !== this.field) this.field.focus()
    return false
  }

  override get formValue(): unknown {
    return this.field.value
  }

  override resetForm(): void {
    this.showValue(this.initialValue)
    this.properties.value = this.initialValue
    this.tellModel('value', this.initialValue)
  }
}

export class TextareaElement extends FieldElement {
  protected override makeField(): HTMLTextAreaElement {
    return document.createElement('textarea')
  }

  protected override get confirmsByEnter(): boolean {
    return false
  }

  protected override update(name: string, value: unknown): void {
    super.update(name, value)
    if (name === 'autoHeight') this.fitHeight()
  }

  protected override fitHeight(): void {
    if (!this.isOn('autoHeight')) return
    this.field.style.height = 'auto'
    this.field.style.height = `${this.field.scrollHeight}px`
  }
}
