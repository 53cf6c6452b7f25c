import { vi } from 'vitest'

/** What the server is to answer to one request; `lost` stands for a connection that gives no answer. */
export type Reply = { status: number; data?: unknown; header?: Record<string, string> } | 'lost'

export interface Request {
  method: string
  url: string
  data: unknown
  header: Record<string, string>
}

/**
 * A phone without WeChat: storage in memory, logins that always succeed with a code of their own, and a
 * network whose replies the test decides.
 */
export class Phone {
  readonly storage = new Map<string, unknown>()
  readonly requests: Request[] = []
  /** What was downloaded, by its path. */
  readonly files = new Map<string, string>()
  logins = 0
  isOnline = true
  private readonly networkListeners = new Set<(change: { isConnected: boolean }) => void>()

  constructor(private readonly reply: (request: Request, count: number) => Reply) {
    vi.stubGlobal('wx', {
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => this.storage.set(key, value),
      removeStorageSync: (key: string) => this.storage.delete(key),
      getStorageInfoSync: () => ({ keys: [...this.storage.keys()] }),
      getNetworkType: ({ success }: { success(answer: { networkType: string }): void }) =>
        success({ networkType: this.isOnline ? 'wifi' : 'none' }),
      onNetworkStatusChange: (listener: (change: { isConnected: boolean }) => void) => this.networkListeners.add(listener),
      login: ({ success }: { success(answer: { code: string }): void }) => {
        this.logins += 1
        success({ code: `sim:person${this.logins}` })
      },
      request: (options: Request & { success(answer: object): void; fail(error: object): void }) => {
        const { method, url, data, header } = options
        const request = { method, url, data, header }
        this.requests.push(request)
        const reply = this.reply(request, this.requests.length)
        queueMicrotask(() => {
          if (reply === 'lost') options.fail({ errMsg: 'request:fail timeout' })
          else options.success({ statusCode: reply.status, data: reply.data, header: reply.header ?? {} })
        })
      },
      downloadFile: ({ url, header, success, fail }: Pick<Request, 'url' | 'header'> & { success(answer: object): void; fail(error: object): void }) => {
        const request = { method: 'GET', url, data: undefined, header }
        this.requests.push(request)
        const reply = this.reply(request, this.requests.length)
        if (reply === 'lost') return queueMicrotask(() => fail({ errMsg: 'downloadFile:fail timeout' }))
        const tempFilePath = `file${this.requests.length}`
        this.files.set(tempFilePath, typeof reply.data === 'string' ? reply.data : JSON.stringify(reply.data))
        queueMicrotask(() => success({ statusCode: reply.status, tempFilePath }))
      },
      getFileSystemManager: () => ({
        readFile: ({ filePath, success, fail }: { filePath: string; success(answer: object): void; fail(error: object): void }) =>
          this.files.has(filePath) ? success({ data: this.files.get(filePath) }) : fail({ errMsg: 'readFile:fail no such file' }),
      }),
    })
  }

  /** The phone comes into a place with a signal, or out of it. */
  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline
    for (const tell of this.networkListeners) tell({ isConnected: isOnline })
  }

  /** The requests that are no login. */
  get calls(): Request[] {
    return this.requests.filter(({ url }) => !url.endsWith('/sessions'))
  }
}

export const isLogin = ({ url }: Request): boolean => url.endsWith('/sessions')

/** Lets every waiting time pass at once. */
export async function soon<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  vi.useFakeTimers()
  try {
    const answer = act()
    answer.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(60_000)
    return await answer
  } finally {
    vi.useRealTimers()
  }
}
