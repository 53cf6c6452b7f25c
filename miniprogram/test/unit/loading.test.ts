import { beforeEach, expect, test, vi } from 'vitest'
import { loading, loadInto, type Loading } from '../../src/behaviors/loading'

const showToast = vi.fn()
beforeEach(() => vi.stubGlobal('wx', { stopPullDownRefresh: () => {}, showToast: showToast.mockClear() }))

function newPage() {
  const data: Loading & { items?: string } = { ...loading }
  return { data, setData: (changes: object) => void Object.assign(data, changes) }
}

/** An answer that comes when the test says so. */
function answer() {
  let come: (items: string) => void = () => {}
  let fail: (error: Error) => void = () => {}
  const load = () => new Promise<{ items: string }>((resolve, reject) => {
    come = (items) => resolve({ items })
    fail = reject
  })
  return { load, come: (items: string) => come(items), fail: () => fail(new Error()) }
}

test('a retry shows that something comes, and ends in what came', async () => {
  const page = newPage()
  await loadInto(page, () => Promise.reject(new Error()))
  expect(page.data.state).toBe('failed')
  const { load, come } = answer()
  const retry = loadInto(page, load)
  expect(page.data.state).toBe('loading')
  come('new')
  await retry
  expect(page.data).toEqual({ state: 'ready', failure: '', items: 'new' })
})

test('an older answer does not take the place of a newer one, nor does its failure', async () => {
  const page = newPage()
  const [old, older, last] = [answer(), answer(), answer()]
  const loads = [loadInto(page, old.load), loadInto(page, older.load), loadInto(page, last.load)]
  last.come('last')
  await loads[2]
  old.come('old')
  older.fail()
  await Promise.all(loads)
  expect(page.data).toMatchObject({ state: 'ready', items: 'last' })
  expect(showToast).not.toHaveBeenCalled()
})

test('two pages load side by side', async () => {
  const [one, other] = [newPage(), newPage()]
  await Promise.all([loadInto(one, () => Promise.resolve({ items: 'one' })), loadInto(other, () => Promise.resolve({ items: 'other' }))])
  expect([one.data.items, other.data.items]).toEqual(['one', 'other'])
})
