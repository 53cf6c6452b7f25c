// The few members of glass-easel that the preview touches, some of which its own types do not name.
import * as adapter from 'glass-easel-miniprogram-adapter'

export type Detail = Record<string, unknown>

/** A node of a mini-program's tree, behind an element of the document. */
export interface MiniProgramNode {
  id: string
  data?: Record<string, unknown>
  is?: string
  dataset: Record<string, unknown>
  classList?: { toggle(name: string, force?: boolean): void, contains(name: string): boolean }
  ownerShadowRoot?: ShadowRootNode
  shadowRoot?: ShadowRootNode
  childNodes?: MiniProgramNode[]
  $$?: PreviewElement
  getShadowRoot?(): ShadowRootNode | null
  getHostNode?(): MiniProgramNode
  getComposedParent?(): MiniProgramNode | null
  getMethodCaller?(): Record<string, unknown>
  hasBehavior?(behavior: unknown): boolean
  triggerEvent(name: string, detail?: unknown, options?: Record<string, unknown>): void
  triggerLifetime(name: string, parameters: unknown[]): void
  triggerPageLifetime(name: string, parameters: unknown[]): void
}

export interface ShadowRootNode {
  childNodes: MiniProgramNode[]
  querySelector(selector: string): MiniProgramNode | null
  querySelectorAll(selector: string): MiniProgramNode[]
  getHostNode(): MiniProgramNode
}

export interface PreviewElement extends HTMLElement {
  __wxElement?: MiniProgramNode
}

/** A page or component as its own script sees it. */
export interface Instance {
  _$: MiniProgramNode
  data: Record<string, unknown>
  route?: string
  createSelectorQuery(): unknown
  [member: string]: unknown
}

interface DispatchedEvent {
  dispatch(node: MiniProgramNode): void
  defaultPrevented(): boolean
}

interface GlassEasel {
  Event: new (type: string, detail: unknown, options: Record<string, unknown>) => DispatchedEvent
  Element: { prototype: Record<string, unknown> }
  NativeNode: { prototype: Record<string, unknown> }
  Component: { isComponent(node: unknown): boolean }
  CurrentWindowBackendContext: new () => object
  globalOptions: { writeIdToDOM: boolean }
  addGlobalErrorListener(listener: (error: unknown) => boolean): void
}

export const glassEasel = adapter.glassEasel as unknown as GlassEasel
export const MiniProgramEnv = adapter.MiniProgramEnv
export const componentCallerPrototype = adapter.component.ComponentCaller.prototype as unknown as Record<string, unknown>

/** The nearest node of the mini-program at or above an element of the document. */
export function nodeOf(target: EventTarget | null): MiniProgramNode | undefined {
  let element = target as PreviewElement | null
  while (element && !element.__wxElement) element = element.parentNode as PreviewElement | null
  return element?.__wxElement
}

/** An event of a native component: it stays on its node. */
export function fire(node: MiniProgramNode, type: string, detail: Detail = {}): void {
  new glassEasel.Event(type, detail, { bubbles: false, composed: false, capturePhase: true }).dispatch(node)
}

/** An event of the finger: it bubbles. True when a listener asked for no default. */
export function fireBubbling(node: MiniProgramNode, type: string, detail: Detail, touches: Detail, originalEvent: Event): boolean {
  const event = new glassEasel.Event(type, detail, { bubbles: true, composed: true, capturePhase: true, originalEvent, extraFields: touches })
  event.dispatch(node)
  return event.defaultPrevented()
}

export function hasListener(target: EventTarget | null, type: string): boolean {
  for (let node = nodeOf(target) ?? null; node; node = node.getComposedParent?.() ?? null) {
    if (listenersOf(node)[type]) return true
  }
  return false
}

/** Whether a node belongs to the inside of a component of TDesign. */
export function isInsidePackage(node: MiniProgramNode): boolean {
  return isFromPackage(node.ownerShadowRoot?.getHostNode())
}

/** Whether anybody listens to the components of TDesign that a node belongs to. */
export function isPackageListenedTo(node: MiniProgramNode): boolean {
  for (let above: MiniProgramNode | null = node; above; above = above.getComposedParent?.() ?? null) {
    if (isFromPackage(above) && Object.keys(listenersOf(above)).length > 0) return true
  }
  return false
}

function isFromPackage(node: MiniProgramNode | undefined): boolean {
  return node?.is?.includes('miniprogram_npm/') === true
}

function listenersOf(node: MiniProgramNode): Record<string, unknown> {
  const { _$eventTarget } = node as unknown as { _$eventTarget?: { listeners?: Record<string, unknown> } }
  return _$eventTarget?.listeners ?? {}
}
