// What WXS code may use besides its own functions.
// https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
import type { MiniProgramNode } from './glass-easel'

type WxsFunction = (...parameters: unknown[]) => unknown
type Styles = string | Record<string, unknown>
interface Described extends MiniProgramNode { previewDescriptor?: object }
interface WxsEvent { currentTarget: unknown, instance?: unknown }

export function startWxs(): void {
  Object.assign(window, {
    getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
    getDate: (...parts: []) => new Date(...parts),
    previewWxs: { onChange, onEvent },
  })
}

function onChange(handler: WxsFunction): WxsFunction {
  return (newValue, oldValue, owner, instance) => handler(newValue, oldValue, descriptorOf(owner), descriptorOf(instance))
}

/** path tells where the handler comes from: 0 first is a script of the template, otherwise a method of the component. */
function onEvent(owner: unknown, event: WxsEvent, handler: WxsFunction, path?: unknown[]): unknown {
  if (!path || path[0] === 0) return handler.call(owner, event)
  event.instance = descriptorOf(event.currentTarget)
  return handler(event, descriptorOf(owner))
}

function nodeBehind(owner: unknown): Described | undefined {
  const caller = owner as { _$?: Described } | Described | null
  return (caller as { _$?: Described } | null)?._$ ?? (caller as Described | null) ?? undefined
}

function descriptorOf(owner: unknown): object | null {
  const node = nodeBehind(owner)
  if (!node) return null
  node.previewDescriptor ??= describe(node)
  return node.previewDescriptor
}

/** A ComponentDescriptor. */
function describe(node: MiniProgramNode): object {
  const state = {}
  const root = () => node.getShadowRoot?.() ?? node.ownerShadowRoot
  return {
    instance: node,
    getDataset: () => node.dataset,
    getState: () => state,
    setStyle: (styles: Styles) => setStyle(node.$$, styles),
    addClass: (name: string) => node.classList?.toggle(name, true),
    removeClass: (name: string) => node.classList?.toggle(name, false),
    hasClass: (name: string) => node.classList?.contains(name),
    selectComponent: (selector: string) => descriptorOf(root()?.querySelector(selector)),
    selectAllComponents: (selector: string) => root()?.querySelectorAll(selector).map(descriptorOf),
    callMethod: (name: string, parameter: unknown) => (node.getMethodCaller?.()[name] as WxsFunction | undefined)?.(parameter),
    triggerEvent: (name: string, detail: unknown, options?: Record<string, unknown>) => node.triggerEvent(name, detail, options ?? {}),
    requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
    getBoundingClientRect: () => node.$$?.getBoundingClientRect(),
    getComputedStyle: () => node.$$ && getComputedStyle(node.$$),
  }
}

function setStyle(element: HTMLElement | undefined, styles: Styles): void {
  if (!element) return
  const entries = typeof styles === 'string' ? parseStyle(styles) : Object.entries(styles)
  for (const [name, value] of entries) {
    element.style.setProperty(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), String(value))
  }
}

function parseStyle(text: string): [string, string][] {
  return text.split(';').filter(Boolean).map((part) => {
    const colon = part.indexOf(':')
    return [part.slice(0, colon).trim(), part.slice(colon + 1).trim()]
  })
}
