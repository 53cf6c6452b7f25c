import { ApiError } from './api-error'
import { helpingHeaders } from './helping'
import { newKey } from './keys'
import { forgetSession, sessionToken } from './session'
import { send, type Message, type Method } from './wire'

export interface Page<Item> {
  items: Item[]
  /** Absent on the last page. */
  next_cursor?: string
}

interface Input {
  query?: Record<string, unknown>
  body?: unknown
  headers?: Record<string, string>
}

/** Waits in milliseconds before each further attempt at a call that got no answer. */
const waits = [600, 1800]

/**
 * Calls the server as the person of this phone, or as the one whose card is being used (see helping.ts).
 * Logs in first, and again when the session has ended. A call without an answer is tried again; a POST
 * carries the same Idempotency-Key each time, also when the person taps again, so that nothing is done twice;
 * what a DELETE does not find after an attempt without an answer, that attempt has taken away.
 *
 * Rejects with ApiError.
 */
export async function call<Answer>(method: Method, path: string, input: Input = {}): Promise<Answer> {
  const helping = helpingHeaders()
  const intent = JSON.stringify([method, path, input.body ?? null, helping])
  const headers: Record<string, string> = { ...input.headers, ...helping }
  if (method === 'POST') headers['Idempotency-Key'] = keyOf(intent)
  try {
    const answer = await withSession<Answer>({ method, path, ...input, headers })
    unanswered.delete(intent)
    return answer
  } catch (error) {
    if (!(error instanceof ApiError && mayHaveBeenDone(error))) unanswered.delete(intent)
    throw error
  }
}

/** Keys of writes that got no answer yet: the next attempt at the same thing carries the same key. */
const unanswered = new Map<string, string>()

function keyOf(intent: string): string {
  const key = unanswered.get(intent) ?? newKey()
  unanswered.set(intent, key)
  return key
}

const mayHaveBeenDone = (error: ApiError): boolean => error.isUnanswered || error.status >= 500

async function withSession<Answer>(message: Message): Promise<Answer> {
  const token = await sessionToken()
  try {
    return await patiently<Answer>(withToken(message, token))
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'auth.required')) throw error
    forgetSession(token)
    return patiently<Answer>(withToken(message, await sessionToken()))
  }
}

const withToken = (message: Message, token: string): Message => ({
  ...message,
  headers: { ...message.headers, Authorization: `Bearer ${token}` },
})

async function patiently<Answer>(message: Message): Promise<Answer> {
  let mayBeDone = false
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send<Answer>(message)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (mayBeDone && message.method === 'DELETE' && error.status === 404) return undefined as Answer
      if (attempt === waits.length || !isWorthAnotherTry(error)) throw error
      mayBeDone ||= error.isUnanswered
      await pause(Math.max(waits[attempt], error.retryAfter * 1000))
    }
  }
}

/** A server that is restarting says 503 and when to come back; a longer wait is the person's to decide. */
const isWorthAnotherTry = (error: ApiError): boolean =>
  error.isUnanswered || (error.status === 503 && error.retryAfter <= 2)

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
