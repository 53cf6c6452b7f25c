import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Phone } from './support/phone'

let clock: typeof import('../../src/services/server-time')
let send: typeof import('../../src/services/wire').send

const second = 1000
const start = Date.parse('2026-11-22T02:00:00.400Z')

beforeEach(async () => {
  vi.resetModules()
  clock = await import('../../src/services/server-time')
  ;({ send } = await import('../../src/services/wire'))
  vi.useFakeTimers({ toFake: ['Date'], now: start })
})
afterEach(() => vi.useRealTimers())

/** A phone whose clock is wrong by `error`: an answer takes `out` milliseconds to the server and `back` from there. */
function phone(error: number, ...ways: { out: number; back: number }[]): Phone {
  let real = start
  let answers = 0
  vi.setSystemTime(real + error)
  const pass = (milliseconds: number) => vi.setSystemTime((real += milliseconds) + error)
  return new Phone(() => {
    const { out, back } = ways[Math.min(answers++, ways.length - 1)]
    pass(out)
    const header = { Date: new Date(real).toUTCString() }
    pass(back)
    return { status: 200, header }
  })
}

const ask = () => send({ method: 'GET', path: '/me', headers: {} })
/** By how much the time that is counted with is before the server's. */
const late = (error: number) => Date.now() - error - clock.serverNow().getTime()

test('an answer that is long on its way leaves a right clock alone', async () => {
  const used = phone(0, { out: 100, back: 5 * second }, { out: 8 * second, back: 100 }, { out: 100, back: 600 * second })
  for (let count = 0; count < 3; count += 1) await ask()
  expect(late(0)).toBe(0)
  expect(used.storage.size).toBe(0)
})

test.each([-3600 * second, -7 * second, 7 * second, 3600 * second])('a clock that is wrong by %i ms is put right, and never behind the server’s', async (error) => {
  phone(error, { out: 50, back: 50 })
  await ask()
  await ask()
  expect(late(error)).toBeLessThanOrEqual(0)
  expect(late(error)).toBeGreaterThan(-1.2 * second)
})

test('what a slow answer could not tell, the next fast one does', async () => {
  phone(-3600 * second, { out: 50, back: 9 * second }, { out: 50, back: 50 })
  await ask()
  expect(Math.abs(late(-3600 * second))).toBeLessThan(10 * second)
  await ask()
  expect(late(-3600 * second)).toBeLessThanOrEqual(0)
})
