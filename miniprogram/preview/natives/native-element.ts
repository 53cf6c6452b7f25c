import { fire, type Detail, type PreviewElement } from '../glass-easel'

type Properties = Record<string, unknown>

/**
 * A native component of WeChat as a custom element <wx-NAME>. Attributes arrive with their values as they are in the
 * template (numbers, booleans, objects), by camel-cased names.
 */
export class NativeElement extends HTMLElement implements PreviewElement {
  __wxElement: PreviewElement['__wxElement']
  previewModel?: Record<string, ((value: unknown) => void) | null>
  readonly properties: Properties = {}
  private isStarted = false

  connectedCallback(): void {
    if (this.isStarted) return
    this.isStarted = true
    this.start()
    for (const [name, value] of Object.entries(this.properties)) this.update(name, value)
  }

  /** Called once, when the element is in the document for the first time. */
  protected start(): void {}

  /** Called for every property, and again for each that changes. */
  protected update(name: string, value: unknown): void
  protected update(): void {}

  /** What the component does by itself when tapped; true: nothing above it acts. */
  onTap(target: Element): boolean
  onTap(): boolean {
    return false
  }

  /** What a form sends for the component; undefined: nothing. */
  get formValue(): unknown {
    return undefined
  }

  resetForm(): void {}

  /** Properties that an inner field shows are no attributes of the element itself. */
  protected get innerProperties(): ReadonlySet<string> {
    return noProperties
  }

  setProperty(attribute: string, value: unknown): void {
    const name = camelCase(attribute)
    const hasChanged = this.properties[name] !== value
    this.properties[name] = value
    if (!this.innerProperties.has(name)) this.mirror(attribute === 'aria-role' ? 'role' : attribute, value)
    if (this.isStarted && hasChanged) this.update(name, value)
  }

  private mirror(attribute: string, value: unknown): void {
    const isAria = attribute.startsWith('aria-')
    if (value === undefined || value === null || (value === false && !isAria) || (value === '' && (isAria || attribute === 'role'))) this.removeAttribute(attribute)
    else if (typeof value !== 'object' && typeof value !== 'function') this.setAttribute(attribute, value === true && !isAria ? '' : String(value))
  }

  protected isOn(name: string): boolean {
    const value = this.properties[name]
    return value !== undefined && value !== null && value !== false && value !== 'false'
  }

  protected number(name: string, otherwise: number): number {
    const value = parseFloat(String(this.properties[name] ?? ''))
    return Number.isNaN(value) ? otherwise : value
  }

  protected text(name: string): string {
    const value = this.properties[name]
    return value === undefined || value === null ? '' : String(value)
  }

  emit(type: string, detail: Detail = {}): void {
    if (this.__wxElement) fire(this.__wxElement, type, detail)
  }

  /** model:NAME="{{…}}" of the template. */
  protected tellModel(name: string, value: unknown): void {
    this.previewModel?.[name]?.(value)
  }
}

const noProperties: ReadonlySet<string> = new Set()

function camelCase(attribute: string): string {
  return attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Lets the native components at and above a tapped element act, the innermost first. */
export function actOnTap(target: Element | null): void {
  for (let element = target; element; element = element.parentElement) {
    if (element instanceof NativeElement && element.onTap(target as Element)) return
  }
}
