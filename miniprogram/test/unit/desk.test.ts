import { expect, test } from 'vitest'
import { listRows } from '../../src/pages/desk/activities/list-rows'
import { waitingIn } from '../../src/pages/desk/tasks/to-row'
import { isLogin, Phone } from './support/phone'

const submissions = [{ task_id: 'a' }, { task_id: 'b' }, { task_id: 'a' }]

test('what waits for a review is counted, in all and at each task', () => {
  const { inAll, byTask } = waitingIn({ items: submissions })
  expect(inAll).toBe('3')
  expect([...byTask]).toEqual([['a', '2份等审核'], ['b', '1份等审核']])
  expect(waitingIn({ items: [] }).inAll).toBe('')
})

test('where more wait than were fetched, that is said', () => {
  const { inAll, byTask } = waitingIn({ items: submissions, next_cursor: 'more' })
  expect(inAll).toBe('3多')
  expect(byTask.get('a')).toBe('至少2份等审核')
})

test('odd cases are counted on every page of the activities that wait, and come first', async () => {
  const at = '2026-11-22T08:00:00Z'
  const activity = (id: string) => ({ id, title: id, kind: 'planned', state: 'closed', starts_at: at, ends_at: at, place: { name: '' }, checked_in: 5 })
  const phone = new Phone((request) => {
    if (isLogin(request)) return { status: 201, data: { token: 'token' } }
    if (request.url.includes('/attendance')) return { status: 200, data: { items: request.url.includes('/odd/') ? [{}, {}] : [] } }
    return { status: 200, data: { items: [activity('plain'), activity('odd')] } }
  })
  const { items } = await listRows({ region_id: 'here', state: 'closed', cursor: 'second-page' })
  expect(items.map(({ id, odd }) => [id, odd])).toEqual([['odd', 2], ['plain', 0]])
  expect(phone.calls[0].url).toContain('cursor=second-page')
})
