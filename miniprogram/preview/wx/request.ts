import { surroundings } from '../surroundings'
import { asFailure, settle, type Callbacks, type Context } from './api'
import { failures, isHttp } from './server-failure'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'TRACE' | 'CONNECT' | 'PATCH'

interface RequestOptions extends Callbacks {
  url: string
  method?: Method
  data?: string | ArrayBuffer | Record<string, unknown>
  header?: Record<string, string>
  timeout?: number
  dataType?: string
  responseType?: 'text' | 'arraybuffer'
}

const defaultTimeout = 60_000 // milliseconds
/** Methods of wx.request; PATCH is not among them. */
const methods = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'])

export function createRequest({ calls, session }: Context): object {
  return {
    request(options: RequestOptions) {
      calls.note('request', { method: 'GET', ...options })
      const controller = new AbortController()
      const task = new HeadersTask(() => controller.abort('abort'))
      const timer = setTimeout(() => controller.abort('timeout'), options.timeout ?? defaultTimeout)
      const fails = new Promise<never>((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason === 'timeout' ? failures.timeout() : failures.abort()))
        session.onNetworkChange(() => session.offline && reject(failures.offline()))
      })
      Promise.race([send(options, controller.signal, session.offline, task), fails])
        .finally(() => clearTimeout(timer))
        .then((result) => settle(options, true, { ...result, errMsg: 'request:ok' }), (error: unknown) => settle(options, false, asFailure(error).toResult('request')))
      return task
    },
  }
}

type HeadersListener = (result: { header: Record<string, string>, statusCode: number }) => void

class HeadersTask {
  private readonly listeners = new Set<HeadersListener>()

  constructor(readonly abort: () => void) {}

  onHeadersReceived(listener: HeadersListener): void {
    this.listeners.add(listener)
  }

  offHeadersReceived(listener: HeadersListener): void {
    this.listeners.delete(listener)
  }

  tell(response: Response): void {
    for (const listener of this.listeners) listener({ header: headersOf(response), statusCode: response.status })
  }
}

async function send(options: RequestOptions, signal: AbortSignal, isOffline: boolean, task: HeadersTask): Promise<object> {
  const method = (options.method ?? 'GET').toUpperCase()
  if (!isHttp(options.url)) throw failures.invalidUrl(options.url)
  if (!methods.has(method)) throw new Error(`method "${method}" is invalid`)
  if (isOffline) throw failures.offline()
  const header = { 'content-type': 'application/json', ...lowerCased(options.header) }
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const url = hasBody ? options.url : withQuery(options.url, options.data)
  const response = await reach(surroundings.server.resolve(url), { method, headers: header, body: hasBody ? bodyOf(options.data, header['content-type']) : undefined, signal })
  task.tell(response)
  return { data: await readData(response, options), statusCode: response.status, header: headersOf(response), cookies: [] }
}

/** fetch tells nothing of why it fails: what is left, after offline, timeout and abort, is a server out of reach. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch {
    throw failures.unreachable()
  }
}

async function readData(response: Response, options: RequestOptions): Promise<unknown> {
  if (options.responseType === 'arraybuffer') return response.arrayBuffer()
  const text = await response.text()
  if ((options.dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function withQuery(url: string, data: RequestOptions['data']): string {
  if (!data || typeof data !== 'object' || data instanceof ArrayBuffer) return url
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  const query = entries.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`).join('&')
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url
}

function bodyOf(data: RequestOptions['data'], contentType: string | undefined): BodyInit | undefined {
  if (data === undefined || typeof data === 'string' || data instanceof ArrayBuffer) return data
  if (!contentType?.includes('urlencoded')) return JSON.stringify(data)
  return new URLSearchParams(Object.entries(data).map(([name, value]) => [name, asText(value)])).toString()
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function lowerCased(header: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]))
}

/** WeChat gives names as the server wrote them (X-Request-Id); fetch gives them in lower case. */
export function headersOf(response: Response): Record<string, string> {
  const named: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    named[name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())] = value
  })
  return named
}
