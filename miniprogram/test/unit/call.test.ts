import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isLogin, Phone, soon, type Reply, type Request } from './support/phone'

let call: typeof import('../../src/services/call').call
let startHelping: typeof import('../../src/services/helping').startHelping

beforeEach(async () => {
  vi.resetModules() // each test has a mini-program just opened
  ;({ call } = await import('../../src/services/call'))
  ;({ startHelping } = await import('../../src/services/helping'))
})

/** Logins are answered; the replies go to the calls, the last of them again and again. */
function phone(...replies: Reply[]): Phone {
  let logins = 0
  let calls = 0
  return new Phone((request: Request) => {
    if (isLogin(request)) return { status: 201, data: { token: `token${(logins += 1)}` } }
    return replies[Math.min(calls++, replies.length - 1)]
  })
}

const done: Reply = { status: 201, data: { id: 'claim' } }
const key = (request: Request) => request.header['Idempotency-Key']

describe('a connection that is lost', () => {
  test('a write is sent again with the same key until it is answered', async () => {
    const { calls } = await sending(phone('lost', 'lost', done))
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map(key)).size).toBe(1)
    expect(key(calls[0])).toMatch(/^[0-9a-v-]{16,64}$/)
  })

  test('is told as not sent, and the next tap carries the same key', async () => {
    const used = phone('lost', 'lost', 'lost', 'lost', done)
    await expect(sending(used)).rejects.toMatchObject({ code: 'network.lost', status: 0 })
    await sending(used)
    expect(used.calls).toHaveLength(5)
    expect(new Set(used.calls.map(key)).size).toBe(1)
  })

  test('what was answered is over: the same act later has a key of its own', async () => {
    const used = phone(done)
    await sending(used)
    await sending(used)
    expect(new Set(used.calls.map(key)).size).toBe(2)
  })

  test('another body, or for another person, is another act', async () => {
    const used = phone('lost')
    await expect(soon(() => call('POST', '/tickets', { body: { text: 'a' } }))).rejects.toThrow()
    await expect(soon(() => call('POST', '/tickets', { body: { text: 'b' } }))).rejects.toThrow()
    startHelping({ name: '试用老人', cardToken: 'card' })
    await expect(soon(() => call('POST', '/tickets', { body: { text: 'b' } }))).rejects.toThrow()
    expect(new Set(used.calls.map(key)).size).toBe(3)
  })
})

describe('what is to be taken away', () => {
  const gone: Reply = { status: 404, data: { code: 'not_found', detail: '没有找到' } }
  const remove = () => soon(() => call('DELETE', '/role-grants/1'))

  test('is gone when the attempt that got no answer has done it', async () => {
    const used = phone('lost', gone)
    await expect(remove()).resolves.toBeUndefined()
    expect(used.calls).toHaveLength(2)
  })

  test('was not there when the first answer says so, or nothing but a refusal came before', async () => {
    phone(gone)
    await expect(remove()).rejects.toMatchObject({ status: 404 })
    phone({ status: 503, data: {}, header: { 'retry-after': '1' } }, gone)
    await expect(remove()).rejects.toMatchObject({ status: 404 })
  })

  test('is not there for whoever reads or sends', async () => {
    phone('lost', gone)
    await expect(soon(() => call('GET', '/tickets/1'))).rejects.toMatchObject({ status: 404 })
    phone('lost', gone)
    await expect(soon(() => call('PUT', '/tickets/1/vote'))).rejects.toMatchObject({ status: 404 })
  })
})

test('without a signal what was to be read could not be opened, and what was to be sent was not', async () => {
  phone('lost')
  await expect(soon(() => call('GET', '/tasks'))).rejects.toMatchObject({ detail: expect.stringContaining('没能打开') })
  await expect(soon(() => call('POST', '/tickets'))).rejects.toMatchObject({ detail: expect.stringContaining('还没有送到') })
})

describe('what the server refuses', () => {
  test('reaches the page as an ApiError with the code and the sentence, at once', async () => {
    const used = phone({ status: 409, data: { code: 'task.full', detail: '名额已满' } })
    await expect(sending(used)).rejects.toMatchObject({ name: 'ApiError', code: 'task.full', detail: '名额已满', status: 409 })
    expect(used.calls).toHaveLength(1)
  })

  test('a refused act has a new key the next time: it was not done', async () => {
    const used = phone({ status: 409, data: { code: 'task.full', detail: '名额已满' } })
    await expect(sending(used)).rejects.toThrow()
    await expect(sending(used)).rejects.toThrow()
    expect(new Set(used.calls.map(key)).size).toBe(2)
  })

  test('a proxy that answers with a page of its own is a Chinese sentence all the same', async () => {
    const used = phone({ status: 502, data: '<html>Bad Gateway</html>' })
    await expect(sending(used)).rejects.toMatchObject({ code: 'server.unreachable', status: 502 })
  })

  test('after a fault of the server the next tap carries the same key: it may have been done', async () => {
    const used = phone({ status: 500, data: { code: 'internal', detail: '系统出了问题' } })
    await expect(sending(used)).rejects.toThrow()
    await expect(sending(used)).rejects.toThrow()
    expect(new Set(used.calls.map(key)).size).toBe(1)
  })

  test('a server that is restarting is asked again', async () => {
    const busy: Reply = { status: 503, data: { code: 'busy', detail: '请稍候' }, header: { 'retry-after': '1' } }
    const { calls } = await sending(phone(busy, done))
    expect(calls).toHaveLength(2)
  })
})

describe('the session', () => {
  const ended: Reply = { status: 401, data: { code: 'auth.required', detail: '请登录' } }

  test('is begun once, however many calls want it', async () => {
    const used = phone(done)
    await soon(() => Promise.all([call('GET', '/me'), call('GET', '/tasks'), call('GET', '/tickets')]))
    expect(used.logins).toBe(1)
    expect(used.calls.every(({ header }) => header.Authorization === 'Bearer token1')).toBe(true)
  })

  test('is begun anew when it has ended, and the call is made again with its key', async () => {
    const used = phone(ended, done)
    await sending(used)
    expect(used.logins).toBe(2)
    expect(used.calls.map(({ header }) => header.Authorization)).toEqual(['Bearer token1', 'Bearer token2'])
    expect(new Set(used.calls.map(key)).size).toBe(1)
  })

  test('does not try for ever', async () => {
    const used = phone(ended)
    await expect(sending(used)).rejects.toMatchObject({ code: 'auth.required' })
    expect(used.calls).toHaveLength(2)
  })
})

test('a card in use goes with every call', async () => {
  const used = phone(done)
  startHelping({ name: '试用老人', cardToken: 'card' })
  await sending(used)
  expect(used.calls[0].header['X-Card']).toBe('card')
})

async function sending(used: Phone): Promise<Phone> {
  await soon(() => call('POST', '/tasks/1/claims'))
  return used
}

describe('what has not changed', () => {
  const told = (name: string, etag: string): Reply => ({ status: 200, data: { name }, header: { Etag: etag } })

  test('is asked for with the ETag and comes from the phone, whole whatever a page did to it', async () => {
    const used = phone(told('a', 'W/"1"'), { status: 304, data: '' }, told('b', 'W/"2"'), { status: 304, data: '' })
    const ask = () => soon(() => call<{ name: string }>('GET', '/me/home'))
    const first = await ask()
    first.name = 'changed by a page'
    expect(await ask()).toEqual({ name: 'a' })
    expect(await ask()).toEqual({ name: 'b' })
    expect(await ask()).toEqual({ name: 'b' })
    expect(used.calls.map(({ header }) => header['If-None-Match'])).toEqual([undefined, 'W/"1"', 'W/"1"', 'W/"2"'])
  })

  test('is told apart by person, by query, and from what writes', async () => {
    const used = phone(told('a', 'W/"1"'))
    await soon(() => call('GET', '/tasks', { query: { star: 'harmony' } }))
    await soon(() => call('GET', '/tasks', { query: { star: 'civility' } }))
    await soon(() => call('PUT', '/tasks', { query: { star: 'harmony' } }))
    startHelping({ name: '试用老人', cardToken: 'card' })
    await soon(() => call('GET', '/tasks', { query: { star: 'harmony' } }))
    expect(used.calls.map(({ header }) => header['If-None-Match'])).toEqual([undefined, undefined, undefined, undefined])
  })

  test('only the last twenty answers are kept', async () => {
    const used = phone(told('a', 'W/"1"'))
    for (let page = 0; page <= 20; page++) await soon(() => call('GET', `/tasks/${page}`))
    await soon(() => call('GET', '/tasks/20'))
    await soon(() => call('GET', '/tasks/0'))
    expect(used.calls.slice(-2).map(({ header }) => header['If-None-Match'])).toEqual(['W/"1"', undefined])
  })
})
