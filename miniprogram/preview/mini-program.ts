import { fillAdapterGaps, planReady } from './adapter-gaps'
import { DomBackend } from './dom-backend'
import { MiniProgramEnv, type Instance, type MiniProgramNode } from './glass-easel'
import { defineNatives } from './natives'
import { formField } from './natives/form'
import type { MountedPage } from './open-page'
import type { Program } from './program'

interface Definition { behaviors?: unknown[], options?: { styleIsolation?: string, addGlobalClass?: boolean }, [member: string]: unknown }
type Define = (definition: Definition) => unknown
interface Root {
  get(): Instance
  getComponent(): MiniProgramNode
  attach(parent: HTMLElement, placeholder: HTMLElement): void
  release(): void
}

/** Registers every component with glass-easel; the answer draws a page into an element. */
export function loadMiniProgram(program: Program): (route: string, host: HTMLElement) => MountedPage {
  fillAdapterGaps()
  const environment = new MiniProgramEnv()
  const backend = environment.associateBackend(new DomBackend() as never)
  const space = environment.createCodeSpace('', true)
  defineNatives(space.getComponentSpace())
  space.setOverallBehavior(behaviorNode(space.behavior().definition({ lifetimes: { attached: planReady() } } as never).register()) as never)
  const builtIn = builtInBehaviors(space)
  space.addStyleSheet('app', 'app')
  backend.registerStyleSheetContent('app', program.appStyle)
  for (const component of program.components) {
    space.addComponentStaticConfig(component.path, component.config as never)
    space.addCompiledTemplate(component.path, { groupList: program.templates, content: program.templates[component.path], fallbackListenerOnNativeNode: true } as never)
    if (!component.style) continue
    space.addStyleSheet(component.path, component.path, component.scope)
    const pageOnly = `@scope ([data-route="${component.path}"]) {${component.style}}`
    backend.registerStyleSheetContent(component.path, component.isPage ? pageOnly : component.style)
  }
  for (const component of program.components) {
    space.globalComponentEnv(window, component.path, () => loadWith(component.load, builtIn, component.config.styleIsolation))
  }
  return (route, host) => mount(backend.createRoot('wx-root', space as never, `/${route}`) as unknown as Root, route, host)
}

function mount(root: Root, route: string, host: HTMLElement): MountedPage {
  const instance = root.get()
  Object.assign(instance, { route, __route__: route })
  return {
    instance,
    component: root.getComponent(),
    attach() {
      const placeholder = document.createElement('span')
      host.append(placeholder)
      root.attach(host, placeholder)
    },
    release: () => root.release(),
  }
}

function behaviorNode(behavior: unknown): unknown {
  return (behavior as { _$: unknown })._$
}

/** Behaviors that WeChat has built in are named by a text; glass-easel knows only objects. */
function builtInBehaviors(space: { behavior(): unknown }): Map<string, unknown> {
  interface Builder { definition(definition: object): { register(): unknown } }
  const make = (definition: object) => (space.behavior() as Builder).definition(definition).register()
  const field = make({ properties: { name: String, value: null } })
  formField.behavior = behaviorNode(field)
  return new Map([
    ['wx://form-field', field],
    ['wx://form-field-group', field],
    ['wx://form-field-button', make({})],
    ['wx://component-export', make({})],
  ])
}

/** During load the globals Page, Component and Behavior are glass-easel's own: they are wrapped for that time. */
function loadWith(load: () => void, builtIn: Map<string, unknown>, styleIsolation: string | undefined): void {
  const globals = window as unknown as { Page: Define, Component: Define, Behavior: Define & { trait?: unknown } }
  const { Page, Component, Behavior } = globals
  const resolve = (definition: Definition): Definition => {
    checkIsolation(definition, styleIsolation)
    if (!definition.behaviors) return definition
    return { ...definition, behaviors: definition.behaviors.map((behavior) => (typeof behavior === 'string' ? builtInOf(builtIn, behavior) : behavior)) }
  }
  globals.Page = (definition) => Page(resolve(definition))
  globals.Component = (definition) => Component(resolve(definition))
  globals.Behavior = Object.assign((definition: Definition) => Behavior(resolve(definition)), { trait: Behavior.trait })
  load()
}

function builtInOf(builtIn: Map<string, unknown>, name: string): unknown {
  const behavior = builtIn.get(name)
  if (!behavior) throw new Error(`the behavior ${name} is not offered by the preview`)
  return behavior
}

/** The build scopes styles by the JSON file, so an option in the script alone would show here other than in WeChat. */
function checkIsolation({ options }: Definition, styleIsolation: string | undefined): void {
  const wanted = options?.styleIsolation
  if (wanted && wanted !== styleIsolation) throw new Error(`put styleIsolation "${wanted}" into the component's JSON file`)
}
