import { expect, test } from 'vitest'
import * as time from '../../src/wording/time'

process.env.TZ = 'Asia/Shanghai'
const now = new Date('2026-11-22T10:00:00+08:00') // a Sunday
const at = (text: string) => `2026-11-${text}:00+08:00`

test.each([
  ['22T14:30', '今天 14:30'],
  ['23T00:05', '明天 00:05'],
  ['21T23:59', '昨天 23:59'],
  ['25T09:00', '周三 09:00'],
  ['29T09:00', '11月29日 09:00'],
  ['20T09:00', '11月20日 09:00'],
])('%s is %s', (when, said) => expect(time.moment(at(when), now)).toBe(said))

test('another year is named', () => expect(time.dayName('2025-12-31T12:00:00+08:00', now)).toBe('2025年12月31日'))

test.each([
  ['22T12:10', '还有2小时10分'],
  ['22T10:45', '还有45分钟'],
  ['22T18:20', '还有8小时'],
  ['25T10:00', '还有3天'],
  ['22T10:00', '马上到时间'],
  ['22T09:00', '已过了1小时'],
])('until %s: %s', (when, said) => expect(time.timeLeft(at(when), now)).toBe(said))

test('a span says its day once, and both days when they differ', () => {
  expect(time.span(at('22T14:30'), at('22T16:00'), now)).toBe('今天 14:30 到 16:00')
  expect(time.span(at('22T22:00'), at('23T06:00'), now)).toBe('今天 22:00 到 明天 06:00')
})

test.each([
  [0, '0分钟'],
  [59, '59分钟'],
  [60, '1小时'],
  [90, '1小时30分'],
])('%i minutes are %s', (minutes, said) => expect(time.minutesText(minutes)).toBe(said))

test('what a picker gives is the moment the server gets', () =>
  expect(time.instant('2026-11-22', '14:30')).toBe('2026-11-22T06:30:00.000Z'))

test('periods are named as the server names them', () =>
  expect(time.periods(now)).toEqual({ month: '2026-11', quarter: '2026-Q4', year: '2026' }))
