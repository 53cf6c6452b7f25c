import { glassEasel, type MiniProgramNode } from '../glass-easel'
import { NativeElement } from './native-element'

/** The behavior wx://form-field: components that have it are sent like native fields. */
export const formField: { behavior: unknown } = { behavior: undefined }

export class FormElement extends NativeElement {
  submit(): void {
    const value: Record<string, unknown> = {}
    if (this.__wxElement) collectComponents(this.__wxElement, value)
    for (const field of this.fields()) {
      if (field.formValue !== undefined) value[String(field.properties.name)] = field.formValue
    }
    this.emit('submit', { value, target: {} })
  }

  reset(): void {
    for (const field of this.querySelectorAll('*')) {
      if (field instanceof NativeElement) field.resetForm()
    }
    this.emit('reset', { target: {} })
  }

  private fields(): NativeElement[] {
    return [...this.querySelectorAll('*')].filter((element): element is NativeElement => element instanceof NativeElement && Boolean(element.properties.name))
  }
}

function collectComponents(node: MiniProgramNode, value: Record<string, unknown>): void {
  if (glassEasel.Component.isComponent(node)) {
    const name = node.data?.name
    if (name && node.hasBehavior?.(formField.behavior)) value[String(name)] = node.data?.value
    for (const child of node.shadowRoot?.childNodes ?? []) collectComponents(child, value)
  }
  for (const child of node.childNodes ?? []) collectComponents(child, value)
}
