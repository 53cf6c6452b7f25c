import { expect, test } from 'vitest'
import { amountText, periodAfter, periodBefore, periodOf, toSections } from '../../src/pages/desk/bulletin-view'
import { monthBeside } from '../../src/pages/figures/calendar-view'
import type { Bulletin } from '../../src/services/contract/figures'

process.env.TZ = 'Asia/Shanghai'
const at = (text: string) => new Date(`${text}+08:00`)

test.each([
  ['2026-11-22T23:59:59', '2026-W47'],
  ['2026-11-23T00:00:00', '2026-W48'],
  ['2025-12-29T00:00:00', '2026-W01'],
  ['2027-01-03T12:00:00', '2026-W53'],
  ['2026-01-01T00:00:00', '2026-W01'],
])('%s is in %s', (when, week) => expect(periodOf('week', at(when))).toBe(week))

test('the periods beside one', () => {
  expect(periodBefore('week', '2025-12-28T16:00:00Z')).toBe('2025-W52')
  expect(periodAfter('week', '2026-01-04T16:00:00Z')).toBe('2026-W02')
  expect(periodBefore('month', '2025-12-31T16:00:00Z')).toBe('2025-12')
  expect(periodAfter('quarter', '2026-12-31T16:00:00Z')).toBe('2027-Q1')
  expect(monthBeside('2026-12', 1)).toBe('2027-01')
  expect(monthBeside('2026-01', -1)).toBe('2025-12')
})

test('minutes are read as hours', () => {
  expect(amountText(45, '分钟')).toBe('45分钟')
  expect(amountText(90, '分钟')).toBe('1.5小时')
  expect(amountText(-120, '分钟')).toBe('-2小时')
  expect(amountText(1, '件')).toBe('1件')
})

test('a share says of what, and nothing is no percentage', () => {
  const figure = { key: 'a', name: '满意', unit: '件次', value: 1, how: '' }
  const of = { key: 'b', name: '评单', unit: '件次', value: 3 }
  const left = { key: 'c', name: '到期没有人评价的', unit: '件', value: 2 }
  const told = (value: object) => toSections({ sections: [{ key: 'tickets', name: '', figures: [{ ...figure, ...value }] }] } as unknown as Bulletin)[0].figures[0]
  expect(told({ of }).share).toBe('共3件次，占33%')
  expect(told({ of: { ...of, value: 0 } }).share).toBe('共0件次，没有比率')
  expect(told({ left_out: [left, { ...left, value: 0 }] }).leftOut).toEqual([{ key: 'c', text: '没有计入：到期没有人评价的，2件' }])
})
