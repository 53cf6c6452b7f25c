// fields({ node: true }) and node() of a selector query, which glass-easel's adapter leaves out.
import { componentCallerPrototype, glassEasel, type PreviewElement } from './glass-easel'
import { CanvasElement } from './natives/canvas'

type Found = Record<string, unknown> | null
type Callback = (found: Found | Found[]) => void
interface NodesRef { fields(fields: object, callback?: Callback): object }
interface Query { select(selector: string): NodesRef }

/** The adapter gives a node's `context` to who asks: here that is the node. */
export function findNodes(): void {
  const { prototype } = glassEasel.Element as { prototype: { getContext(callback: (node: unknown) => void): void } }
  prototype.getContext = function nodeOfElement(this: { $$?: PreviewElement }, callback) {
    callback(this.$$ instanceof CanvasElement ? this.$$.node : undefined)
  }
  const { createSelectorQuery } = componentCallerPrototype as { createSelectorQuery(): Query }
  let isTaught = false
  componentCallerPrototype.createSelectorQuery = function createQuery(this: unknown) {
    const query = createSelectorQuery.call(this)
    if (!isTaught) teach(Object.getPrototypeOf(query.select('page')) as NodesRef)
    isTaught = true
    return query
  }
}

function teach(prototype: NodesRef): void {
  const { fields } = prototype
  Object.assign(prototype, {
    fields(this: NodesRef, wanted: { node?: boolean }, callback?: Callback) {
      if (!wanted.node) return fields.call(this, wanted, callback)
      return fields.call(this, { ...wanted, context: true }, (found) => {
        for (const one of Array.isArray(found) ? found : [found]) nameNode(one)
        callback?.(found)
      })
    },
    node(this: NodesRef, callback?: Callback) {
      return this.fields({ node: true }, callback)
    },
  })
}

/** The answer of exec() is the same object. */
function nameNode(found: Found): void {
  if (!found) return
  found.node = found.context
  delete found.context
}
