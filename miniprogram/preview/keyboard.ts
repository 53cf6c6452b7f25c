import { fireBubbling, nodeOf } from './glass-easel'
import { actOnTap } from './natives/native-element'
import { positionOf } from './touch-events'

const focusable = '[tabindex]:not([tabindex="-1"]), a[href], button, input, select, textarea'
const tappable = new Set<HTMLElement>()
let refreshIsPlanned = false

/** An element with bindtap or catchtap: the keyboard and screen readers reach it too. */
export function noteTappable(element: HTMLElement): void {
  tappable.add(element)
  planRefresh()
}

export function startKeyboard(view: HTMLElement): void {
  view.addEventListener('keydown', tapByKey)
  new MutationObserver(planRefresh).observe(view, { childList: true, subtree: true, characterData: true })
}

/** Whether something inside can be reached by itself is known only after the page is drawn. */
function planRefresh(): void {
  if (refreshIsPlanned) return
  refreshIsPlanned = true
  requestAnimationFrame(() => {
    refreshIsPlanned = false
    for (const element of tappable) refresh(element)
  })
}

function refresh(element: HTMLElement): void {
  if (!element.isConnected) {
    // it may only wait for its page to be attached
    if (element.dataset.previewDetached) tappable.delete(element)
    element.dataset.previewDetached = 'yes'
    return
  }
  delete element.dataset.previewDetached
  if (hasRoleOfItsOwn(element)) return
  const hasContent = element.childElementCount > 0 || element.innerText.trim() !== '' || element.hasAttribute('aria-label')
  const holdsFocusable = element.querySelector(focusable) !== null
  const isWrapper = element.hasAttribute('wx-host') && holdsFocusable
  toggle(element, 'tabindex', '0', hasContent && !isWrapper)
  toggle(element, 'role', 'button', hasContent && !holdsFocusable)
}

function hasRoleOfItsOwn(element: HTMLElement): boolean {
  return element.hasAttribute('role') && element.dataset.previewRole === undefined && element.tabIndex >= 0
}

function toggle(element: HTMLElement, name: 'tabindex' | 'role', value: string, on: boolean): void {
  const mark = name === 'role' ? 'previewRole' : 'previewTabindex'
  const isSetByPage = element.hasAttribute(name) && element.dataset[mark] === undefined
  if (isSetByPage) return
  if (on) {
    element.setAttribute(name, value)
    element.dataset[mark] = 'yes'
  } else if (element.dataset[mark] !== undefined) {
    element.removeAttribute(name)
    delete element.dataset[mark]
  }
}

function tapByKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  const target = event.target as HTMLElement
  const isText = target.matches('textarea, input:not([type=checkbox]):not([type=radio])')
  if (isText) return
  const node = nodeOf(target)
  if (!node) return
  event.preventDefault()
  const box = target.getBoundingClientRect()
  const touch = positionOf({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 })
  fireBubbling(node, 'tap', { x: touch.clientX, y: touch.clientY }, { touches: [], changedTouches: [touch] }, event)
  actOnTap(target)
}
