import { openMask } from './dialogs/mask'
import { make, makeButton } from './markup'
import { makeSwitcher } from './people-switcher'
import type { Session } from './session'

/** On a phone's own browser the capsule opens the switcher; beside a frame it is already to be seen. */
export function openSwitcherSheet(session: Session): void {
  const address = new URL(location.href)
  const switcher = makeSwitcher({
    person: session.person,
    fontScale: session.fontScale,
    isOffline: session.offline,
    open: (query) => {
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      if ('as' in query) address.hash = ''
      location.assign(address)
      if (address.href === location.href) location.reload()
    },
    setOffline: (isOffline) => {
      session.offline = isOffline
    },
  })
  const box = make('div', { class: 'preview-switcher-sheet' }, switcher, makeButton('关闭', 'preview-secondary', () => close()))
  const close = openMask(box, { label: '预览设置', isBottom: true, onOutside: () => close() })
}
