import { nodeOf } from '../glass-easel'
import { NativeElement } from './native-element'

const labelled = 'wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea'

export class LabelElement extends NativeElement {
  override onTap(target: Element): boolean {
    const control = this.control
    if (control && !control.contains(target)) control.onTap(control)
    return false
  }

  get control(): NativeElement | null {
    const id = this.text('for')
    const found = id ? nodeOf(this)?.ownerShadowRoot?.querySelector(`#${id}`)?.$$ : this.querySelector(labelled)
    return found instanceof NativeElement ? found : null
  }
}

/** The text of the label that a control stands in, or that names it by its id. */
export function nameFromLabel(control: NativeElement): string {
  const around = control.closest('wx-label')
  const label = around ?? labelFor(control)
  return label?.textContent?.trim() ?? ''
}

function labelFor(control: NativeElement): Element | undefined {
  const id = nodeOf(control)?.id
  if (!id) return undefined
  const labels = [...document.querySelectorAll('wx-label')].filter((label): label is LabelElement => label instanceof LabelElement)
  return labels.find((label) => label.control === control)
}
