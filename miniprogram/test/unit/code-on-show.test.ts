import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codeOnShow, noCode, showCode, type CodeOnShow } from '../../src/behaviors/code-on-show'
import { loading, type Loading } from '../../src/behaviors/loading'
import { ApiError } from '../../src/services/api-error'
import { lost } from '../../src/services/wire'

const step = 15
const phone = { brightness: 0.4, isAwake: false }

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T02:00:00Z') })
  Object.assign(phone, { brightness: 0.4, isAwake: false })
  vi.stubGlobal('wx', {
    getStorageSync: () => '',
    setKeepScreenOn: ({ keepScreenOn }: { keepScreenOn: boolean }) => (phone.isAwake = keepScreenOn),
    getScreenBrightness: ({ success }: { success(answer: { value: number }): void }) => setTimeout(() => success({ value: phone.brightness }), 10),
    setScreenBrightness: ({ value }: { value: number }) => (phone.brightness = value),
  })
})
afterEach(() => vi.useRealTimers())

const codeUntil = (seconds: number, text = 'code') =>
  codeOnShow({ text, step_seconds: step, valid_until: new Date(Date.now() + seconds * 1000).toISOString() })

function newPage() {
  const data: Loading & CodeOnShow = { ...loading, ...noCode, state: 'ready', ...codeUntil(step) }
  return { data, setData: (changes: object) => void Object.assign(data, changes) }
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

describe('a code on show', () => {
  test('counts down, and the next one comes when it ends', async () => {
    const page = newPage()
    const end = showCode(page, () => Promise.resolve(codeUntil(step, 'next')))
    await pass(10)
    expect(page.data).toMatchObject({ text: 'code', secondsLeft: 5 })
    await pass(6)
    expect(page.data).toMatchObject({ text: 'next', isStale: false })
    end()
  })

  test('asks once at a time, however long an answer takes, and is stale a step after its end', async () => {
    const page = newPage()
    const renew = vi.fn(() => new Promise<CodeOnShow>(() => {}))
    const end = showCode(page, renew)
    await pass(2 * step - 1)
    expect(page.data).toMatchObject({ secondsLeft: 0, isStale: false })
    await pass(2)
    expect(page.data.isStale).toBe(true)
    expect(renew).toHaveBeenCalledTimes(1)
    end()
  })

  test('is asked for again while no answer comes', async () => {
    const page = newPage()
    const renew = vi.fn(() => Promise.reject(lost('GET')))
    const end = showCode(page, renew)
    await pass(step + 3)
    expect(page.data.state).toBe('ready')
    expect(renew.mock.calls.length).toBeGreaterThan(2)
    end()
  })

  test('makes way for a refusal, and is asked for no more', async () => {
    const page = newPage()
    const renew = vi.fn(() => Promise.reject(new ApiError({ code: 'activity.over', detail: '活动已经结束', status: 409 })))
    const end = showCode(page, renew)
    await pass(2 * step)
    expect(page.data).toMatchObject({ state: 'failed', failure: '活动已经结束' })
    expect(renew).toHaveBeenCalledTimes(1)
    end()
  })

  test('is left alone once its page is left: no timer, no late answer', async () => {
    const page = newPage()
    let answer: (code: CodeOnShow) => void = () => {}
    const renew = vi.fn(() => new Promise<CodeOnShow>((resolve) => (answer = resolve)))
    const end = showCode(page, renew)
    await pass(step)
    end()
    answer(codeUntil(step, 'late'))
    await pass(3 * step)
    expect(page.data.text).toBe('code')
    expect(renew).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the phone', () => {
  test('is bright and awake while the code is on show, and as before afterwards', async () => {
    const end = showCode(newPage(), () => Promise.resolve(codeUntil(step)))
    await pass(1)
    expect(phone).toMatchObject({ brightness: 1, isAwake: true })
    end()
    expect(phone).toMatchObject({ brightness: 0.4, isAwake: false })
  })

  test('stays as it was when the page is left before it has said how bright it is', async () => {
    showCode(newPage(), () => Promise.resolve(codeUntil(step)))()
    await pass(1)
    expect(phone).toMatchObject({ brightness: 0.4, isAwake: false })
  })
})
