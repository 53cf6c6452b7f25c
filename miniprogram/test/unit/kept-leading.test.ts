import { beforeEach, expect, test, vi } from 'vitest'
import type { Activity } from '../../src/services/contract/team'
import { Phone } from './support/phone'

let service: typeof import('../../src/services/kept-leading')
let helping: typeof import('../../src/services/helping')

/** Closes the mini-program and opens it again. */
async function reopen() {
  vi.resetModules()
  service = await import('../../src/services/kept-leading')
  helping = await import('../../src/services/helping')
}
beforeEach(reopen)

const activity = (id: string, state: Activity['state']) => ({ id, state }) as Activity
const ids = () => service.keptLeading().map(({ id }) => id)

test('where people can be scanned is kept when the mini-program is closed', async () => {
  new Phone(() => 'lost')
  service.keepLeading([activity('now', 'published'), activity('draft', 'draft'), activity('closed', 'closed')])
  await reopen()
  expect(ids()).toEqual(['now'])
})

test('it goes when nothing is led any more, or it is forgotten', () => {
  const { storage } = new Phone(() => 'lost')
  service.keepLeading([activity('now', 'published')])
  service.keepLeading([activity('now', 'closed')])
  expect(storage.size).toBe(0)
  service.keepLeading([activity('now', 'published')])
  service.forgetLeading()
  expect(storage.size).toBe(0)
})

test('whoever acts by a card neither sees it nor takes it away', () => {
  new Phone(() => 'lost')
  service.keepLeading([activity('now', 'published')])
  helping.startHelping({ name: '孙样例', cardToken: 'card' })
  service.keepLeading([])
  expect(ids()).toEqual([])
  helping.endHelping()
  expect(ids()).toEqual(['now'])
})
