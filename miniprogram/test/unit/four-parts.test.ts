import { describe, expect, test } from 'vitest'
import { toParts } from '../../src/components/four-parts/parts'
import type { Ticket } from '../../src/services/contract/ticket'

type Event = NonNullable<Ticket['timeline']>[number]

const at = '2026-11-22T06:00:00Z'
const event = (part: number, act: Event['act'], more: Partial<Event> = {}): Event => ({ part, act, by: '某人', at, content_state: 'passed', ...more })

const round = [event(2, 'dispatch', { to: [{ name: '样板物业' }] }), event(3, 'accept'), event(3, 'complete', { text: '修好了' })]

function ticket(stage: Ticket['stage'], timeline: Event[], more: Partial<Ticket> = {}): Ticket {
  return {
    id: 't', number: '20261122-0001', region_id: 'r', category: 'facilities', text: '灯不亮', raiser_name: '一位居民', raised_at: at, content_state: 'passed',
    mine: false, voted: false, votes: 0, rework: 0, show_name: false, whistled: false, stage, timeline: [event(1, 'raise', { text: '灯不亮' }), ...timeline], ...more,
  }
}

describe('the four parts', () => {
  test.each([
    ['raised', [], ['filled', 'open', 'coming', 'coming']],
    ['dispatched', round.slice(0, 1), ['filled', 'filled', 'open', 'coming']],
    ['accepted', round.slice(0, 2), ['filled', 'filled', 'open', 'coming']],
    ['completed', round, ['filled', 'filled', 'filled', 'open']],
    ['closed', [...round, event(4, 'review', { score: 5, outcome: 'solved' })], ['filled', 'filled', 'filled', 'filled']],
    ['rejected', [event(2, 'reject', { text: '不归社区管' })], ['filled', 'filled', 'unused', 'unused']],
    ['withdrawn', [event(1, 'withdraw')], ['filled', 'unused', 'unused', 'unused']],
  ] as const)('of a ticket that is %s', (stage, timeline, states) => {
    expect(toParts(ticket(stage, [...timeline])).map(({ state }) => state)).toEqual(states)
  })

  test('keep every line of every round, and name the rounds', () => {
    const bad = event(4, 'review', { score: 1, outcome: 'unsolved', text: '又坏了' })
    const timeline = [...round, bad, ...round, bad, ...round, bad, event(4, 'backer_review', { score: 2, outcome: 'unsolved' })]
    const parts = toParts(ticket('closed', timeline, { rework: 2, closed_as: 'unsolved' }))
    expect(parts.map(({ lines }) => lines.length)).toEqual([1, 3, 6, 4])
    expect(parts[1].lines.map((line) => line.round)).toEqual(['', '第1次重办', '第2次重办'])
    expect(parts[3].lines.map((line) => line.round)).toEqual(['', '第1次重办', '第2次重办', '第2次重办'])
    expect(parts[3].lines[0]).toMatchObject({ what: '评单：1分，很不满意，没有解决', text: '又坏了' })
  })

  test('say that several were asked, and that a text is still being checked', () => {
    const offered = event(2, 'dispatch', { to: [{ name: '甲' }, { name: '乙' }] })
    const [, two, three] = toParts(ticket('dispatched', [offered, event(3, 'decline', { content_state: 'pending' })]))
    expect(two.lines[0].what).toBe('同时问了 甲、乙，谁先接谁办')
    expect(three.lines[0].note).toContain('正在核对')
  })
})
