import { fireBubbling, isInsidePackage, isPackageListenedTo, nodeOf } from './glass-easel'
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
    for (const element of innermostFirst()) refresh(element)
  })
}

function innermostFirst(): HTMLElement[] {
  return [...tappable].sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1))
}

function refresh(element: HTMLElement): void {
  if (!element.isConnected) {
    // it may only wait for its page to be attached
    if (element.dataset.previewDetached) tappable.delete(element)
    element.dataset.previewDetached = 'yes'
    return
  }
  delete element.dataset.previewDetached
  const holdsFocusable = element.querySelector(focusable) !== null
  const isHostOfFocusable = element.hasAttribute('wx-host') && holdsFocusable
  const isMeant = isMeantForPeople(element)
  toggle(element, 'tabindex', '0', isMeant && !isHostOfFocusable)
  toggle(element, 'role', 'button', isMeant && !holdsFocusable)
}

/**
 * TDesign listens to taps everywhere inside: only what somebody outside hears, and what has a name, counts. A mask
 * without content is for nobody either.
 */
function isMeantForPeople(element: HTMLElement): boolean {
  const hasName = element.innerText.trim() !== '' || element.hasAttribute('aria-label')
  const node = nodeOf(element)
  if (node && isInsidePackage(node)) return hasName && isPackageListenedTo(node)
  return hasName || element.childElementCount > 0
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
    element.removeAttribute(mark === 'previewRole' ? 'data-preview-role' : 'data-preview-tabindex')
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
