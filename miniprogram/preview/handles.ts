import type { CodesOnShow } from './codes-on-show'
import { fire, nodeOf, type Detail, type Instance } from './glass-easel'
import type { PageStack } from './page-stack'
import type { Permission, Place, Session } from './session'
import type { RunningApp } from './start'
import { supported } from './supported'
import { privacy } from './wx/privacy'
import type { Calls } from './wx/calls'

/** What tests and the frame do with a running preview: window.preview. */
export interface Handles {
  page(): Instance | undefined
  app(): object
  readonly route: string | undefined
  readonly stack: string[]
  readonly person: string
  readonly calls: Calls['list']
  readonly codesOnShow: CodesOnShow
  offline: boolean
  place: Place | undefined
  permissions(): Record<string, Permission>
  setPermission(scope: string, permission: Permission): void
  setPrivacyAgreed(isAgreed: boolean): void
  setOffline(isOffline: boolean): void
  setScale(scale: number): void
  showApp(): void
  hideApp(): void
  fire(element: Element, type: string, detail?: Detail): void
}

interface Parts { session: Session, pages: PageStack, calls: Calls, codes: CodesOnShow, app: RunningApp, wx: object }

export function exposeHandles({ session, pages, calls, codes, app, wx }: Parts): void {
  checkOffered(wx)
  const handles: Handles = {
    page: () => pages.top?.instance,
    app: () => app.instance(),
    get route() {
      return pages.top?.route
    },
    get stack() {
      return pages.open.map((page) => page.route)
    },
    person: session.person,
    calls: calls.list,
    codesOnShow: codes,
    get offline() {
      return session.offline
    },
    set offline(isOffline) {
      session.offline = isOffline
    },
    get place() {
      return session.place
    },
    set place(place) {
      session.place = place
    },
    permissions: () => session.permissions(),
    setPermission: (scope, permission) => session.setPermission(scope, permission),
    setPrivacyAgreed(isAgreed) {
      session.privacyAgreed = isAgreed
      privacy.forget()
    },
    setOffline(isOffline) {
      session.offline = isOffline
    },
    setScale(scale) {
      const address = new URL(location.href)
      address.searchParams.set('scale', String(scale))
      location.replace(address)
    },
    showApp: () => window.dispatchEvent(new Event('preview-show')),
    hideApp: () => window.dispatchEvent(new Event('preview-hide')),
    fire(element, type, detail) {
      const node = nodeOf(element)
      if (!node) throw new Error('the element belongs to no component')
      fire(node, type, detail)
    },
  }
  Object.assign(window, { preview: handles })
}

/** The build lets through what the list names; the list must therefore be true. */
function checkOffered(wx: object): void {
  const missing = supported.wx.filter((name) => !(name in wx))
  const unlisted = Object.keys(wx).filter((name) => !supported.wx.includes(name))
  if (missing.length + unlisted.length > 0) throw new Error(`supported.json: missing in wx: ${missing.join(' ')}; not listed: ${unlisted.join(' ')}`)
}
