// What WeChat's components have and glass-easel's adapter leaves to its host.
import { componentCallerPrototype, glassEasel, type Detail, type Instance, type MiniProgramNode } from './glass-easel'
import { findNodes } from './selector-nodes'
import { viewport } from './viewport'

type Callback = () => void
interface Rect { left: number, top: number, width: number, height: number }

export function fillAdapterGaps(): void {
  const { triggerEvent } = componentCallerPrototype as { triggerEvent(name: string, detail: unknown, options: Detail): void }
  Object.assign(componentCallerPrototype, {
    triggerEvent(this: Instance, name: string, detail: unknown, options?: Detail) {
      return triggerEvent.call(this, name, detail, options ?? {})
    },
    animate(_selector: string, _frames: unknown, duration: number, callback?: Callback) {
      setTimeout(() => callback?.(), duration)
    },
    clearAnimation(_selector: string, options?: Callback | object, callback?: Callback) {
      if (typeof options === 'function') (options as Callback)()
      callback?.()
    },
    applyAnimation() {},
    setUpdatePerformanceListener() {},
    getPageId: () => 'page',
    getTabBar: () => null,
  })
  glassEasel.globalOptions.writeIdToDOM = true // for #id in WXSS
  glassEasel.addGlobalErrorListener((error) => {
    reportError(error)
    return false
  })
  measureFromPage()
  findNodes()
}

/** WeChat measures from the page's own corner, below the navigation bar; the document from the window's. */
function measureFromPage(): void {
  const { prototype } = glassEasel.Element as { prototype: { getBoundingClientRect(callback: (rect: Rect) => void): void } }
  const { getBoundingClientRect } = prototype
  prototype.getBoundingClientRect = function measure(callback) {
    getBoundingClientRect.call(this, ({ left, top, width, height }) => {
      callback({ left, top: top - viewport().getBoundingClientRect().top, width, height })
    })
  }
}

/** The `attached` of every component: it plans `ready`, children first and after the first layout, as in WeChat. */
export function planReady(): (this: Instance) => void {
  let waiting: MiniProgramNode[] = []
  const isPlanned = new WeakSet<MiniProgramNode>()
  const tellAll = () => {
    const told = waiting
    waiting = []
    for (const node of told.reverse()) node.triggerLifetime('ready', [])
  }
  return function attached() {
    const node = this._$
    if (isPlanned.has(node)) return
    isPlanned.add(node)
    if (waiting.length === 0) setTimeout(tellAll)
    waiting.push(node)
  }
}
