import { serverUrl } from '../settings'
import { ApiError } from './api-error'
import { keepAnswer, keptAnswer, requestKey } from './kept-answers'
import { noteServerTime } from './server-time'

/** The only place that speaks to the server: one attempt, one answer. `call.ts` decides what to try again. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Message {
  method: Method
  /** Below /api/v1. */
  path: string
  query?: Record<string, unknown>
  body?: unknown
  headers: Record<string, string>
}

interface Problem {
  code?: string
  detail?: string
  errors?: { field: string; message: string }[]
}

const timeoutMilliseconds = 20_000

export const apiUrl = (path: string): string => `${serverUrl}/api/v1${path}`

/** The server gives addresses without its own name; pictures want them whole. */
export const wholeUrl = (url: string): string => (url.startsWith('/') ? serverUrl + url : url)

export function queryText(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (!given.length) return ''
  return '?' + given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')
}

/** Sends once. Rejects with ApiError: `network.lost` when no answer came, else what the server said. */
export function send<Answer>(message: Message): Promise<Answer> {
  const url = apiUrl(message.path) + queryText(message.query)
  const key = message.method === 'GET' ? requestKey(url, message.headers) : ''
  const earlier = keptAnswer(key)
  const sentAt = Date.now()
  return new Promise((resolve, reject) => {
    wx.request({
      url,
      method: message.method === 'PATCH' ? 'POST' : message.method,
      data: message.body as WechatMiniprogram.IAnyObject | undefined,
      header: { 'Content-Type': 'application/json', ...overrides(message.method), ...(earlier && { 'If-None-Match': earlier.etag }), ...message.headers },
      timeout: timeoutMilliseconds,
      success: (answer) => {
        const headers = answer.header as Record<string, string>
        noteServerTime(headers, sentAt)
        if (answer.statusCode === 304 && earlier) return resolve(JSON.parse(earlier.text) as Answer)
        if (answer.statusCode < 200 || answer.statusCode >= 300) return reject(refusal(answer.statusCode, answer.data, headers))
        if (key) keepAnswer(key, answer.data, headers)
        resolve(answer.data as Answer)
      },
      fail: () => reject(lost(message.method)),
    })
  })
}

/** wx.request has no PATCH; the server takes a POST with this header for one. */
const overrides = (method: Method): Record<string, string> => (method === 'PATCH' ? { 'X-HTTP-Method-Override': 'PATCH' } : {})

export const lost = (method: Method): ApiError =>
  new ApiError({
    code: 'network.lost',
    detail: method === 'GET' ? '网络不好，没能打开。请看看信号，再试一次' : '网络不好，还没有送到。请看看信号，再点一次',
  })

export function refusal(status: number, data: unknown, headers: Record<string, string> = {}): ApiError {
  const problem = (typeof data === 'object' && data !== null ? data : {}) as Problem
  const retryHeader = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')
  return new ApiError({
    code: problem.code ?? (status === 401 ? 'auth.required' : 'server.unreachable'),
    detail: problem.detail ?? '服务暂时用不了，请过一会儿再试',
    status,
    fields: problem.errors,
    retryAfter: Number(retryHeader?.[1] ?? 0) || 0,
  })
}
