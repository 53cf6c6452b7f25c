import { PersonStorage } from './person-storage'
import { defaultPerson } from './people'

export interface Place { latitude: number, longitude: number, accuracy?: number }
export type Permission = 'granted' | 'refused' | 'unasked'

/** The middle of the demo community. */
const defaultPlace: Place = { latitude: 30.2741, longitude: 120.1551, accuracy: 20 }

/** Who holds this phone, and how it stands: what the address says (?as=NAME&scale=1.4&offline=1) and what is set while it runs. */
export class Session {
  readonly person: string
  readonly fontScale: number
  /** The app's own storage. */
  readonly storage: PersonStorage
  /** undefined: the phone does not know where it is. */
  place: Place | undefined = defaultPlace
  /** What WeChat itself remembers about the person and this mini-program. */
  private readonly wechat: PersonStorage
  private isOfflineByHand: boolean
  private readonly networkListeners = new Set<() => void>()

  constructor(address: URLSearchParams) {
    this.person = address.get('as') || defaultPerson
    this.fontScale = Number(address.get('scale')) || 1
    this.isOfflineByHand = address.get('offline') === '1'
    this.storage = new PersonStorage(this.person)
    this.wechat = new PersonStorage(`wechat-of-${this.person}`)
    window.addEventListener('online', () => this.tellNetwork())
    window.addEventListener('offline', () => this.tellNetwork())
  }

  get offline(): boolean {
    return this.isOfflineByHand || !navigator.onLine
  }

  set offline(value: boolean) {
    if (this.isOfflineByHand === value) return
    this.isOfflineByHand = value
    this.tellNetwork()
  }

  onNetworkChange(listener: () => void): void {
    this.networkListeners.add(listener)
  }

  private tellNetwork(): void {
    for (const listener of this.networkListeners) listener()
  }

  permission(scope: string): Permission {
    return (this.wechat.get(scope) as Permission | undefined) ?? 'unasked'
  }

  setPermission(scope: string, permission: Permission): void {
    this.wechat.set(scope, permission)
  }

  permissions(): Record<string, Permission> {
    const scopes = this.wechat.keys().filter((key) => key.startsWith('scope.'))
    return Object.fromEntries(scopes.map((scope) => [scope, this.permission(scope)]))
  }

  get privacyAgreed(): boolean {
    return this.wechat.get('privacy') === true
  }

  set privacyAgreed(agreed: boolean) {
    this.wechat.set('privacy', agreed)
  }
}
