import { nameFromLabel } from './label'
import { NativeElement } from './native-element'

const shownByInput: ReadonlySet<string> = new Set(['ariaLabel', 'ariaRole', 'checked', 'disabled'])

/** <checkbox>; with another inner input also <radio> and <switch>. */
export class CheckboxElement extends NativeElement {
  readonly input = document.createElement('input')
  private wasChecked = false

  protected override get innerProperties(): ReadonlySet<string> {
    return shownByInput
  }

  protected get inputType(): string {
    return 'checkbox'
  }

  protected override start(): void {
    this.input.type = this.inputType
    this.prepend(this.input)
    this.wasChecked = this.isOn('checked')
    requestAnimationFrame(() => this.nameInput())
  }

  protected override update(name: string): void {
    if (name === 'checked') this.input.checked = this.isOn('checked')
    else if (name === 'disabled') this.input.disabled = this.isOn('disabled')
    else if (name === 'color') this.style.setProperty('--preview-accent', this.text('color'))
    else if (name === 'ariaLabel') this.nameInput()
  }

  private nameInput(): void {
    const name = this.text('ariaLabel') || nameFromLabel(this) || (this.textContent?.trim() ?? '')
    if (name) this.input.setAttribute('aria-label', name)
  }

  override onTap(): boolean {
    if (this.input.disabled) return true
    this.toggle()
    return true
  }

  protected toggle(): void {
    this.setChecked(!this.input.checked)
    this.tellGroup()
  }

  setChecked(isChecked: boolean): void {
    this.input.checked = isChecked
    this.properties.checked = isChecked
    this.tellModel('checked', isChecked)
  }

  protected tellGroup(): void {
    const group = this.closest('wx-checkbox-group, wx-radio-group')
    if (group instanceof GroupElement) group.emit('change', { value: group.formValue })
  }

  override resetForm(): void {
    this.setChecked(this.wasChecked)
  }
}

export class RadioElement extends CheckboxElement {
  protected override get inputType(): string {
    return 'radio'
  }

  protected override toggle(): void {
    if (this.input.checked) return
    const others = this.closest('wx-radio-group')?.querySelectorAll('wx-radio') ?? []
    for (const other of others) {
      if (other instanceof RadioElement && other !== this) other.setChecked(false)
    }
    this.setChecked(true)
    this.tellGroup()
  }
}

export class SwitchElement extends CheckboxElement {
  protected override start(): void {
    super.start()
    this.input.setAttribute('role', 'switch')
  }

  protected override toggle(): void {
    this.setChecked(!this.input.checked)
    this.emit('change', { value: this.input.checked })
  }

  override get formValue(): unknown {
    return this.input.checked
  }
}

/** <checkbox-group> and <radio-group>: the values of what is checked. */
export class GroupElement extends NativeElement {
  protected override start(): void {
    const isRadio = this.tagName === 'WX-RADIO-GROUP'
    if (!this.hasAttribute('role')) this.setAttribute('role', isRadio ? 'radiogroup' : 'group')
  }

  override get formValue(): unknown {
    const boxes = [...this.querySelectorAll('wx-checkbox, wx-radio')]
    const values = boxes.filter((box): box is CheckboxElement => box instanceof CheckboxElement && box.input.checked).map((box) => box.properties.value)
    return this.tagName === 'WX-RADIO-GROUP' ? (values[0] ?? '') : values
  }
}
