import { make } from '../markup'
import { nameFromLabel } from './label'
import { NativeElement } from './native-element'

const shownByInput: ReadonlySet<string> = new Set(['ariaLabel', 'ariaRole', 'value', 'disabled'])

export class SliderElement extends NativeElement {
  private readonly input = make('input', { type: 'range', min: '0', max: '100', step: '1', value: '0' })
  private readonly shownValue = make('span')
  private initialValue = 0

  protected override get innerProperties(): ReadonlySet<string> {
    return shownByInput
  }

  protected override start(): void {
    this.initialValue = this.number('value', 0)
    this.shownValue.hidden = true
    this.append(this.input, this.shownValue)
    this.input.addEventListener('input', (event) => {
      event.stopPropagation()
      this.onMove()
      this.emit('changing', { value: this.input.valueAsNumber })
    })
    this.input.addEventListener('change', (event) => {
      event.stopPropagation()
      this.onMove()
      this.emit('change', { value: this.input.valueAsNumber })
    })
    this.input.setAttribute('aria-label', this.text('ariaLabel') || nameFromLabel(this) || '滑块')
    // the range must stand before the value, or the browser cuts the value to 0…100
    for (const name of ['min', 'max', 'step']) this.update(name)
  }

  private onMove(): void {
    const value = this.input.valueAsNumber
    this.properties.value = value
    this.shownValue.textContent = String(value)
    this.tellModel('value', value)
  }

  protected override update(name: string): void {
    if (name === 'min' || name === 'max' || name === 'step') {
      if (this.properties[name] !== undefined) this.input[name] = this.text(name)
      this.show(this.number('value', 0))
    } else if (name === 'value') this.show(this.number('value', 0))
    else if (name === 'disabled') this.input.disabled = this.isOn(name)
    else if (name === 'showValue') this.shownValue.hidden = !this.isOn(name)
    else if (name === 'activeColor') this.style.setProperty('--preview-accent', this.text(name))
    else if (name === 'ariaLabel') this.input.setAttribute('aria-label', this.text(name))
  }

  private show(value: number): void {
    this.input.valueAsNumber = value
    this.shownValue.textContent = String(this.input.valueAsNumber)
  }

  override get formValue(): unknown {
    return this.input.valueAsNumber
  }

  override resetForm(): void {
    this.show(this.initialValue)
    this.onMove()
  }
}
