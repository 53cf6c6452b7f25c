import './styles/shell.css'
import './styles/switcher.css'
import { make } from './markup'
import { defaultPerson } from './people'
import { makeSwitcher } from './people-switcher'
import type { Handles } from './handles'

interface PhoneWindow extends Window { preview?: Handles }

/** A wide window: the phone in a frame, the switcher beside it. */
const address = new URL(location.href)
const phone = make('iframe', { class: 'preview-phone', title: '手机' })
phone.src = address.href

function open(query: Record<string, string>): void {
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  // another person starts at the first page
  address.hash = 'as' in query ? '' : location.hash
  location.replace(address)
}

const switcher = makeSwitcher({
  person: address.searchParams.get('as') || defaultPerson,
  fontScale: Number(address.searchParams.get('scale')) || 1,
  isOffline: address.searchParams.get('offline') === '1',
  open,
  setOffline(isOffline) {
    const { preview } = phone.contentWindow as PhoneWindow
    preview?.setOffline(isOffline)
  },
  setNarrow: (isNarrow) => phone.classList.toggle('preview-narrow', isNarrow),
})

/** Called by the phone: this window's address follows the page that is shown. */
Object.assign(window, { previewFrame: { follow: (hash: string) => history.replaceState(null, '', hash) } })
document.documentElement.classList.add('preview-desktop')
document.body.append(phone, switcher)
