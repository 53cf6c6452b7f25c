import { fireBubbling, hasListener, nodeOf, type PreviewElement } from './glass-easel'
import { actOnTap } from './natives/native-element'
import { shownPage, viewport } from './viewport'

export interface TouchPosition { identifier: number, clientX: number, clientY: number, pageX: number, pageY: number, force: number }
interface Finger { identifier?: number, clientX: number, clientY: number }
interface Press { x: number, y: number, target: EventTarget | null, isLong: boolean, hasMoved: boolean }
interface Step { event: Event, touches: TouchPosition[], changed: TouchPosition[] }

const moveLimit = 10 // pixels that a finger may move while it taps
const longPressTime = 350 // milliseconds, as in WeChat
const mouseSilence = 800 // milliseconds after a touch in which the browser invents mouse events

let press: Press | undefined
let longPressTimer: number | undefined
let lastTouchAt = 0
let hovered: [PreviewElement, string][] = []

/** A finger's place as WeChat tells it: from the page's own corner, below the navigation bar. */
export function positionOf(finger: Finger): TouchPosition {
  const top = viewport().getBoundingClientRect().top
  const clientY = finger.clientY - top
  const pageY = clientY + (shownPage()?.scrollTop ?? 0)
  return { identifier: finger.identifier ?? 0, clientX: finger.clientX, clientY, pageX: finger.clientX, pageY, force: 1 }
}

export function startTouchEvents(view: HTMLElement): void {
  const steps = { touchstart: begin, touchmove: move, touchend: end, touchcancel: cancel }
  for (const [type, step] of Object.entries(steps)) {
    view.addEventListener(type, (event) => onTouch(event as TouchEvent, step), { capture: true, passive: false })
  }
  let isPressed = false
  view.addEventListener('mousedown', (event) => {
    if (isInventedMouse()) return
    isPressed = true
    begin(mouseStep(event, true))
  }, true)
  view.addEventListener('mousemove', (event) => {
    if (isPressed) move(mouseStep(event, true))
  }, true)
  view.addEventListener('mouseup', (event) => {
    if (!isPressed) return
    isPressed = false
    end(mouseStep(event, false))
  }, true)
}

function onTouch(event: TouchEvent, step: (step: Step) => boolean): void {
  lastTouchAt = Date.now()
  const isTap = event.type === 'touchend' && press !== undefined && !press.hasMoved
  const isPrevented = step({ event, touches: [...event.touches].map(positionOf), changed: [...event.changedTouches].map(positionOf) })
  // Without this the browser clicks afterwards whatever has just opened under the finger.
  const wouldClick = isTap && !isField(event.target)
  if (event.cancelable && (wouldClick || (isPrevented && event.type === 'touchmove'))) event.preventDefault()
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null
}

function isInventedMouse(): boolean {
  return Date.now() - lastTouchAt < mouseSilence
}

function mouseStep(event: MouseEvent, isDown: boolean): Step {
  const positions = [positionOf(event)]
  return { event, touches: isDown ? positions : [], changed: positions }
}

function send(type: string, { event, touches, changed }: Step, target: EventTarget | null): boolean {
  const node = nodeOf(target)
  if (!node) return false
  const isTapLike = type === 'tap' || type.startsWith('long')
  const detail = isTapLike ? { x: changed[0]?.clientX ?? 0, y: changed[0]?.clientY ?? 0 } : {}
  return fireBubbling(node, type, detail, { touches, changedTouches: changed }, event)
}

function begin(step: Step): boolean {
  const [finger] = step.changed
  if (!finger) return false
  const begun: Press = { x: finger.clientX, y: finger.clientY, target: step.event.target, isLong: false, hasMoved: false }
  press = begun
  showHover(step.event.target)
  clearTimeout(longPressTimer)
  longPressTimer = window.setTimeout(() => {
    begun.isLong = hasListener(begun.target, 'longpress')
    send('longpress', step, begun.target)
    send('longtap', step, begun.target)
  }, longPressTime)
  return send('touchstart', step, step.event.target)
}

function move(step: Step): boolean {
  const [finger] = step.changed
  if (press && finger && Math.hypot(finger.clientX - press.x, finger.clientY - press.y) > moveLimit) {
    clearTimeout(longPressTimer)
    press.hasMoved = true
    endHover()
  }
  return send('touchmove', step, press?.target ?? step.event.target)
}

function end(step: Step): boolean {
  clearTimeout(longPressTimer)
  endHover()
  const ended = press
  press = undefined
  const target = ended?.target ?? step.event.target
  const isPrevented = send('touchend', step, target)
  if (ended && !ended.hasMoved && !ended.isLong && !isDisabled(target)) {
    send('tap', step, target)
    actOnTap(target as Element)
  }
  return isPrevented
}

/** A disabled button hears no tap, and neither does anything around it. */
function isDisabled(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('wx-button[disabled]') !== null
}

function cancel(step: Step): boolean {
  clearTimeout(longPressTimer)
  endHover()
  press = undefined
  return send('touchcancel', step, step.event.target)
}

interface Hoverable extends PreviewElement { properties?: Record<string, unknown> }

function showHover(target: EventTarget | null): void {
  for (let element = target as Hoverable | null; element; element = element.parentNode as Hoverable | null) {
    const name = element.properties?.hoverClass
    if (typeof name !== 'string' || name === '' || name === 'none' || element.properties?.disabled === true) continue
    element.__wxElement?.classList?.toggle(name, true)
    hovered.push([element, name])
    if (element.properties?.hoverStopPropagation) return
  }
}

function endHover(): void {
  const ended = hovered
  hovered = []
  window.setTimeout(() => {
    for (const [element, name] of ended) {
      const isPressedAgain = hovered.some(([pressed]) => pressed === element)
      if (!isPressedAgain) element.__wxElement?.classList?.toggle(name, false)
    }
  }, 70)
}
