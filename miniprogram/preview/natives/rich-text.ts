import { NativeElement } from './native-element'

interface RichNode { type?: string, text?: string, name?: string, attrs?: Record<string, unknown>, children?: RichNode[] }

// https://developers.weixin.qq.com/miniprogram/dev/component/rich-text.html
const trusted = new Set('a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section small span strong sub sup table tbody td tfoot th thead tr tt u ul'.split(' '))
const attributes = new Set('class style alt src height width colspan rowspan align span start type dir'.split(' '))

export class RichTextElement extends NativeElement {
  protected override update(name: string, value: unknown): void {
    if (name !== 'nodes') return
    const nodes = Array.isArray(value) ? (value as RichNode[]).map(fromNode) : fromMarkup(String(value ?? ''))
    this.replaceChildren(...nodes)
  }
}

function fromMarkup(markup: string): Node[] {
  const parsed = new DOMParser().parseFromString(markup, 'text/html')
  return [...parsed.body.childNodes].flatMap(clean)
}

/** Only what WeChat trusts comes through: no scripts, handlers or links. */
function clean(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')]
  if (!(node instanceof Element) || !trusted.has(node.localName)) return []
  const copy = document.createElement(node.localName)
  for (const { name, value } of node.attributes) copyAttribute(copy, name, value)
  copy.append(...[...node.childNodes].flatMap(clean))
  return [copy]
}

function fromNode(node: RichNode): Node {
  if (node.type === 'text' || !node.name) return document.createTextNode(node.text ?? '')
  if (!trusted.has(node.name)) return document.createTextNode('')
  const element = document.createElement(node.name)
  for (const [name, value] of Object.entries(node.attrs ?? {})) copyAttribute(element, name, String(value))
  element.append(...(node.children ?? []).map(fromNode))
  return element
}

function copyAttribute(element: Element, name: string, value: string): void {
  if (attributes.has(name)) element.setAttribute(name, value)
}
