import './styles/shell.css'
import './styles/natives.css'
import './styles/dialogs.css'
import './styles/switcher.css'
import { AddressBar } from './address-bar'
import { CodesOnShow } from './codes-on-show'
import { exposeHandles } from './handles'
import { startKeyboard } from './keyboard'
import { make } from './markup'
import { loadMiniProgram } from './mini-program'
import { NavigationBar } from './navigation-bar'
import { PageStack } from './page-stack'
import { openSwitcherSheet } from './people-sheet'
import type { Program } from './program'
import { startPullDown } from './pull-down'
import { ServerAddress } from './server-address'
import { Session } from './session'
import { surroundings } from './surroundings'
import { TabBar } from './tab-bar'
import { startTouchEvents } from './touch-events'
import { createWx } from './wx'
import { Calls } from './wx/calls'
import { startWxs } from './wxs-runtime'

/** Starts the mini-program in this window: the phone. */
export function startPreview(program: Program): void {
  const session = new Session(new URLSearchParams(location.search))
  const view = make('main', { class: 'preview-view' })
  const navigationBar = new NavigationBar(() => pages.navigateBack(1), () => openSwitcherSheet(session))
  const tabBar: TabBar = new TabBar(program.app.tabBar, (tab, index) => pages.tapTab(tab, index))
  document.body.append(make('div', { class: 'preview-shell' }, navigationBar.element, view, tabBar.element))
  keepViewHeight(view)

  const configs = new Map(program.components.map(({ path, config }) => [path, config]))
  const addressBar = new AddressBar(() => pages)
  const mount = lazily(() => loadMiniProgram(program))
  const pages: PageStack = new PageStack({
    app: program.app,
    pages: program.pages,
    configOf: (route) => configs.get(route) ?? {},
    mount: (route, host) => mount()(route, host),
    view,
    tabBar,
    onShown(page, depth) {
      navigationBar.show(page, depth > 1)
      tabBar.show(page.route)
      addressBar.show(page, depth)
    },
  })

  const calls = new Calls()
  const codes = new CodesOnShow()
  const launch = readLaunch(addressBar.route, program)
  Object.assign(surroundings, { server: new ServerAddress(undefined), session, codes, pages, privacyCheck: program.app.__usePrivacyCheck__ === true })
  const wx = createWx({ session, pages, tabBar, calls, codes, launch, app: program.app, routes: program.pages, tellApp: (name, ...parameters) => app.call(name, ...parameters) })
  const app: RunningApp = defineGlobals(wx, pages)
  exposeHandles({ session, pages, calls, codes, app, wx })
  startWxs()
  startTouchEvents(view)
  startKeyboard(view)
  startPullDown(view, () => pages.top)

  surroundings.server = new ServerAddress(program.loadSettings().serverUrl)
  program.loadApp()
  mount()
  app.call('onLaunch', launch)
  app.call('onShow', launch)
  openFirst(pages, addressBar.route, program)
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

function keepViewHeight(view: HTMLElement): void {
  const update = () => document.documentElement.style.setProperty('--preview-vh', `${view.clientHeight / 100}px`)
  new ResizeObserver(update).observe(view)
  update()
}

export interface Launch { path: string, query: Record<string, string>, scene: number, referrerInfo: object }

function readLaunch(route: string, { app, pages }: Program): Launch {
  const [path = '', query = ''] = route.split('?')
  const options = query.split('&').filter(Boolean).map((part) => part.split('=') as [string, string])
  return { path: path || app.entryPagePath || pages[0] || '', query: Object.fromEntries(options), scene: 1001, referrerInfo: {} }
}

interface AppInstance { [member: string]: unknown }
export interface RunningApp { instance(): AppInstance, call(name: string, ...parameters: unknown[]): void }

function defineGlobals(wx: object, pages: PageStack): RunningApp {
  let instance: AppInstance = {}
  const call = (name: string, ...parameters: unknown[]) => {
    const method = instance[name]
    if (typeof method === 'function') method.apply(instance, parameters)
  }
  Object.assign(window, {
    wx,
    App: (definition: AppInstance) => {
      instance = definition
    },
    getApp: () => instance,
    getCurrentPages: () => pages.open.map((page) => page.instance),
  })
  return { instance: () => instance, call }
}

/** An address that names no page of the mini-program leads to its first page. */
function openFirst(pages: PageStack, route: string, { app, pages: routes }: Program): void {
  const first = app.entryPagePath ?? routes[0]
  const isKnown = routes.includes(route.split('?')[0] ?? '')
  pages.reLaunch(`/${isKnown ? route : first}`)
}
