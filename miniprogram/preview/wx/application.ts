import { allAsynchronous, type Context } from './api'
import { userDataPath } from './files'

type Listener = (parameter: object) => void

/** The app as a whole: its start, going to the background and coming back. */
export function createApplication({ launch, calls, pages, tellApp }: Context): object {
  const shown = new Set<Listener>()
  const hidden = new Set<Listener>()
  const rejected = new Set<Listener>()
  const tell = (listeners: Set<Listener>, parameter: object) => {
    for (const listener of listeners) listener(parameter)
  }
  let isHidden = false
  const hide = () => {
    if (isHidden) return
    isHidden = true
    pages.top?.hide()
    tellApp('onHide')
    tell(hidden, {})
  }
  const show = () => {
    if (!isHidden) return
    isHidden = false
    tellApp('onShow', launch)
    tell(shown, launch)
    pages.top?.show()
  }
  window.addEventListener('preview-hide', hide)
  window.addEventListener('preview-show', show)
  document.addEventListener('visibilitychange', () => (document.hidden ? hide() : show()))
  window.addEventListener('unhandledrejection', ({ reason, promise }) => tell(rejected, { reason: String((reason as Error | undefined)?.message ?? reason), promise }))
  return {
    env: { USER_DATA_PATH: userDataPath },
    onAppShow: (listener: Listener) => shown.add(listener),
    offAppShow: (listener?: Listener) => (listener ? shown.delete(listener) : shown.clear()),
    onAppHide: (listener: Listener) => hidden.add(listener),
    offAppHide: (listener?: Listener) => (listener ? hidden.delete(listener) : hidden.clear()),
    onUnhandledRejection: (listener: Listener) => rejected.add(listener),
    offUnhandledRejection: (listener?: Listener) => (listener ? rejected.delete(listener) : rejected.clear()),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' } }),
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    getLogManager: () => console,
    getRealtimeLogManager: () => ({ info: console.log, warn: console.warn, error: console.error, setFilterMsg() {}, addFilterMsg() {} }),
    nextTick: (callback: () => void) => queueMicrotask(callback),
    ...allAsynchronous(calls, { showShareMenu() {} }),
  }
}
