// What people are told of their own part in an activity, and leaders and secretaries of everybody's.
import { describe, expect, test } from 'vitest'
import { toRow as toPresenceRow } from '../../src/pages/desk/activity/presence-row'
import { toView } from '../../src/pages/team/activity/activity-view'
import { toRow as toHoursRow } from '../../src/pages/team/hours/hours-row'
import type { Activity, Attendance } from '../../src/services/contract/team'
import type { Person } from '../../src/services/me'

const hour = 60 * 60_000
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

function activity(change: Partial<Activity>): Activity {
  return {
    id: 'activity', region_id: 'here', kind: 'planned', state: 'published', title: '样例扫雪', place: { name: '凉亭' }, starts_at: hoursFromNow(-3),
    ends_at: hoursFromNow(1), capacity: 20, places_left: 5, checked_in: 1, waiting: 0, walk_in: true, points_per_hour: 20, ...change,
  } as Activity
}

const livingIn = (community_id: string) => ({ id: 'person', roles: [], home: community_id ? { community_id } : null }) as unknown as Person

const came = { checked_in_at: hoursFromNow(-2) } as NonNullable<Activity['mine']>
const toHours = toHoursRow([])

describe('who came and did not check out', () => {
  const note = (change: Partial<Activity>) => toView(activity({ mine: came, ...change }), livingIn('here'), false).note
  test('is reminded while that can be done', () => {
    expect(note({})).toContain('走的时候记得签退')
    expect(note({ ends_at: hoursFromNow(-0.2) })).toContain('走的时候记得签退')
  })
  test('is told later that the leader sees to it', () => {
    expect(note({ ends_at: hoursFromNow(-1) })).toContain('没有签退，由队长核对时长')
    expect(note({ state: 'closed' })).toContain('没有签退，由队长核对时长')
  })
  test('is told the hours once they are confirmed', () =>
    expect(note({ state: 'confirmed', mine: { ...came, minutes: 90 } })).toBe('您服务了1小时30分'))
  test('is still serving until the end only', () => {
    const minutes = (change: Partial<Activity>) => toHours(activity({ mine: came, ...change })).minutes
    expect(minutes({})).toBe('还在服务')
    expect(minutes({ ends_at: hoursFromNow(-0.2) })).toBe('还没有签退')
    expect(minutes({ ends_at: hoursFromNow(-1) })).toBe('没有签退，由队长核对时长')
    expect(minutes({ state: 'closed' })).toBe('没有签退，由队长核对时长')
  })
})

describe('who may take part', () => {
  const part = (change: Partial<Activity>, home: string, isMember = false) => {
    const { step, living } = toView(activity(change), livingIn(home), isMember)
    return { step, living }
  }
  const toCome = { starts_at: hoursFromNow(5), ends_at: hoursFromNow(7) }
  test('signing up is for who lives here, and for the team', () => {
    expect(part(toCome, 'here')).toEqual({ step: 'sign-up', living: 'here' })
    expect(part(toCome, 'there')).toEqual({ step: '', living: 'elsewhere' })
    expect(part(toCome, '')).toEqual({ step: '', living: 'nowhere' })
    expect(part(toCome, 'there', true)).toEqual({ step: 'sign-up', living: 'here' })
  })
  test('who comes without having signed up needs a home, wherever that is', () => {
    expect(part({}, 'there')).toEqual({ step: 'check-in', living: 'here' })
    expect(part({}, '')).toEqual({ step: '', living: 'nowhere' })
    expect(part({ mine: { signup: 'confirmed' } as Activity['mine'] }, '')).toEqual({ step: 'check-in', living: 'here' })
  })
})

test('somebody who has left is not a blank line', () =>
  expect(toPresenceRow({ id: '1', person: null, method: 'card', minutes: 60, flags: [], checked_in_at: hoursFromNow(-2) } as unknown as Attendance).name).toBe('已注销的居民'))
