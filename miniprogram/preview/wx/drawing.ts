import type { Context } from './api'

/** Looking at nodes from outside a page or component: they are those of the page that is shown. */
export function createDrawing({ pages }: Context): object {
  return {
    createSelectorQuery: () => pages.top?.instance.createSelectorQuery(),
    createAnimation,
  }
}

/** TDesign draws some of its movements by this old interface: here things are moved at once. */
function createAnimation(): object {
  const animation: object = new Proxy({ export: () => ({ actions: [] }) }, {
    get: (target, name) => (name in target ? target[name as 'export'] : () => animation),
  })
  return animation
}
