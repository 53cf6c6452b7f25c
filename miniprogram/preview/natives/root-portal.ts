import { make } from '../markup'
import { NativeElement } from './native-element'

interface Portal extends HTMLElement { __wxElement?: unknown }

/** Its children are drawn at the page's own level, outside whatever cuts them off; its place in the tree stays. */
export class RootPortalElement extends NativeElement {
  private readonly portal: Portal = make('div', { class: 'preview-portal' })

  protected override start(): void {
    this.place()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.place()
  }

  disconnectedCallback(): void {
    this.portal.remove()
  }

  protected override update(name: string): void {
    if (name === 'enable') this.place()
  }

  private get isEnabled(): boolean {
    return this.properties.enable === undefined || this.isOn('enable')
  }

  private place(): void {
    this.portal.__wxElement = this.__wxElement
    const home = this.isEnabled ? this.closest('page') : null
    if (home) home.append(this.portal)
    else Node.prototype.appendChild.call(this, this.portal)
  }

  override appendChild<Child extends Node>(child: Child): Child {
    return this.portal.appendChild(child)
  }

  override insertBefore<Child extends Node>(child: Child, before: Node | null): Child {
    return this.portal.insertBefore(child, before)
  }

  override removeChild<Child extends Node>(child: Child): Child {
    return this.portal.removeChild(child)
  }

  override replaceChild<Child extends Node>(added: Node, removed: Child): Child {
    return this.portal.replaceChild(added, removed)
  }
}
