const prefix = 'preview:'

/** What one person keeps on this phone: another person of the preview sees none of it. */
export class PersonStorage {
  private readonly prefix: string

  constructor(person: string) {
    this.prefix = `${prefix}${person}:`
  }

  get(key: string): unknown {
    const text = localStorage.getItem(this.prefix + key)
    return text === null ? undefined : JSON.parse(text)
  }

  set(key: string, value: unknown): void {
    localStorage.setItem(this.prefix + key, JSON.stringify(value ?? null))
  }

  remove(key: string): void {
    localStorage.removeItem(this.prefix + key)
  }

  clear(): void {
    for (const key of this.keys()) this.remove(key)
  }

  keys(): string[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
  }

  /** In kilobytes, as wx.getStorageInfo tells it. */
  size(): number {
    const characters = this.keys().reduce((sum, key) => sum + (localStorage.getItem(this.prefix + key)?.length ?? 0), 0)
    return Math.ceil(characters / 1024)
  }
}
