export interface Call { name: string, [option: string]: unknown }

/** What the mini-program asked of WeChat, for tests to look at. */
export class Calls {
  readonly list: Call[] = []

  note(name: string, options: object = {}): void {
    const plain = Object.entries(options).filter(([, value]) => typeof value !== 'function')
    this.list.push({ name, ...Object.fromEntries(plain) })
  }
}
