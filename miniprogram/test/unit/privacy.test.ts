import { expect, test } from 'vitest'
import { keptView } from '../../src/pages/me/privacy/privacy-view'
import type { Export } from '../../src/services/contract/person'

/** The rooms that the server exports: see Exporters in server/app/wire.go. */
const rooms = ['points', 'tasks', 'teams', 'tickets', 'rewards', 'files', 'content_checks', 'roster', 'certificates', 'oversight', 'notices']

function exported(names: string[]): Export {
  const person = { name: '张样例', home: null }
  const records = Object.fromEntries(names.map((name) => [name, { kept: [1, 2] }]))
  return { person, created_at: '2026-11-22T08:00:00Z', sessions: [], cards: [], done_to_me: [], done_by_me: [], rooms: records } as unknown as Export
}

test('every room is called by a name of its own', () => {
  const names = keptView(exported(rooms)).map(({ name }) => name)
  expect(names).toContain('服务证书')
  expect(names).not.toContain('其他')
  expect(new Set(names).size).toBe(names.length)
})

test('rooms that this version does not know are told apart all the same', () => {
  const kept = keptView(exported(['one', 'another']))
  expect(kept.filter(({ name }) => name === '其他')).toHaveLength(2)
  expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length)
})
