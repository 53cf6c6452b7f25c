type Listener = (...parameters: unknown[]) => void

/** The channel between a page and the one that opened it, both ends of which hold the same object. */
export class EventChannel {
  private readonly listeners = new Map<string, { listener: Listener, isOnce: boolean }[]>()

  on(name: string, listener: Listener): void {
    this.add(name, listener, false)
  }

  once(name: string, listener: Listener): void {
    this.add(name, listener, true)
  }

  off(name: string, listener?: Listener): void {
    const kept = listener ? this.of(name).filter((entry) => entry.listener !== listener) : []
    this.listeners.set(name, kept)
  }

  emit(name: string, ...parameters: unknown[]): void {
    const called = this.of(name)
    this.listeners.set(name, called.filter((entry) => !entry.isOnce))
    for (const { listener } of called) listener(...parameters)
  }

  private add(name: string, listener: Listener, isOnce: boolean): void {
    this.listeners.set(name, [...this.of(name), { listener, isOnce }])
  }

  private of(name: string): { listener: Listener, isOnce: boolean }[] {
    return this.listeners.get(name) ?? []
  }
}
