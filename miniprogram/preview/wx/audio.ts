import { surroundings } from '../surroundings'
import type { Context } from './api'

type Listener = (parameter?: object) => void
const eventNames: Record<string, string> = { Canplay: 'canplay', Play: 'play', Pause: 'pause', Ended: 'ended', TimeUpdate: 'timeupdate', Error: 'error', Waiting: 'waiting', Seeking: 'seeking', Seeked: 'seeked' }

export function createAudio({ calls }: Context): object {
  return {
    createInnerAudioContext() {
      calls.note('createInnerAudioContext')
      return new InnerAudioContext((address) => calls.note('InnerAudioContext.play', { src: address }))
    },
  }
}

class InnerAudioContext {
  obeyMuteSwitch = true
  private readonly audio = new Audio()
  private source = ''
  private readonly stopListeners = new Set<Listener>()
  private readonly registered = new Map<string, Map<Listener, EventListener>>()

  constructor(private readonly onPlayed: (source: string) => void) {
    for (const [name, type] of Object.entries(eventNames)) {
      Object.assign(this, {
        [`on${name}`]: (listener: Listener) => this.listen(type, listener),
        [`off${name}`]: (listener?: Listener) => this.unlisten(type, listener),
      })
    }
  }

  get src(): string {
    return this.source
  }

  set src(source: string) {
    this.source = source
    const address = surroundings.server.resolve(source)
    this.audio.src = address.startsWith('/') ? address.slice(1) : address
    if (this.autoplay) this.play()
  }

  get autoplay(): boolean {
    return this.audio.autoplay
  }

  set autoplay(isOn: boolean) {
    this.audio.autoplay = isOn
  }

  get loop(): boolean {
    return this.audio.loop
  }

  set loop(isOn: boolean) {
    this.audio.loop = isOn
  }

  get volume(): number {
    return this.audio.volume
  }

  set volume(volume: number) {
    this.audio.volume = volume
  }

  get duration(): number {
    return this.audio.duration || 0
  }

  get currentTime(): number {
    return this.audio.currentTime
  }

  get paused(): boolean {
    return this.audio.paused
  }

  /** A browser lets a page sound only after a touch; a refusal comes as onError, as in WeChat. */
  play(): void {
    this.onPlayed(this.source)
    this.audio.play().catch((error: unknown) => this.audio.dispatchEvent(new ErrorEvent('error', { message: String(error) })))
  }

  pause(): void {
    this.audio.pause()
  }

  stop(): void {
    this.audio.pause()
    this.audio.currentTime = 0
    for (const listener of this.stopListeners) listener()
  }

  seek(position: number): void {
    this.audio.currentTime = position
  }

  onStop(listener: Listener): void {
    this.stopListeners.add(listener)
  }

  offStop(listener?: Listener): void {
    if (listener) this.stopListeners.delete(listener)
    else this.stopListeners.clear()
  }

  destroy(): void {
    this.audio.pause()
    this.audio.removeAttribute('src')
    for (const type of this.registered.keys()) this.unlisten(type)
  }

  private listen(type: string, listener: Listener): void {
    const handler: EventListener = (event) => listener(type === 'error' ? { errMsg: event instanceof ErrorEvent ? event.message : 'play fail', errCode: 10001 } : undefined)
    const ofType = this.registered.get(type) ?? new Map<Listener, EventListener>()
    ofType.set(listener, handler)
    this.registered.set(type, ofType)
    this.audio.addEventListener(type, handler)
  }

  private unlisten(type: string, listener?: Listener): void {
    const ofType = this.registered.get(type) ?? new Map<Listener, EventListener>()
    for (const [known, handler] of [...ofType]) {
      if (listener && known !== listener) continue
      this.audio.removeEventListener(type, handler)
      ofType.delete(known)
    }
  }
}
