import { wholeList } from '../../../behaviors/paging'
import { listAttendance, listMembers, listSignups, type Attendance, type Member, type Signup } from '../../../services/contract/team'
import { attendanceFlags, checkInMethods, goneName } from '../../../wording/names'
import { clock, minutesText } from '../../../wording/time'

/** As many rows are drawn at first, and as many more at the end of the page: no phone draws 2,000 people at once. */
export const rowsAtOnce = 50

export interface PresenceRow {
  id: string
  name: string
  times: string
  method: string
  flags: string[]
}

export const toPresenceRow = (presence: Attendance): PresenceRow => ({
  id: presence.person?.id ?? presence.id,
  name: presence.person?.name || goneName,
  times: timesOf(presence),
  method: checkInMethods[presence.method] ?? '',
  flags: presence.flags.map((flag) => attendanceFlags[flag] ?? flag),
})

export function timesOf({ checked_in_at, checked_out_at, minutes }: Attendance): string {
  if (checked_out_at) return `${clock(checked_in_at)} 到 ${clock(checked_out_at)}，${minutesText(minutes)}`
  return minutes ? `${clock(checked_in_at)} 来的，没有签退，算${minutesText(minutes)}` : `${clock(checked_in_at)} 来的，还在`
}

/** Somebody who has not come: who signed up, waits, or belongs to the team. */
export interface AbsentRow {
  id: string
  name: string
  standing: string
}

/** Everybody who came. An activity holds 2,000 people at most. */
export const everybodyWhoCame = (activityId: string): Promise<Attendance[]> =>
  wholeList((cursor) => listAttendance(activityId, { cursor, limit: 100 }))

/** Everybody who signed up. */
export const everybodyExpected = (activityId: string): Promise<Signup[]> =>
  wholeList((cursor) => listSignups(activityId, { cursor, limit: 100 }))

/** Everybody of a team; nobody without one. */
export const everybodyOfTeam = async (teamId = ''): Promise<Member[]> =>
  teamId ? wholeList((cursor) => listMembers(teamId, { cursor, limit: 100 })) : []

export function whoHasNotCome(signups: Signup[], members: Member[], came: Attendance[]): AbsentRow[] {
  const absent = new Map<string, AbsentRow>()
  for (const { person, state } of signups) {
    if (person) absent.set(person.id, { ...person, standing: state === 'waiting' ? '候补' : '已报名' })
  }
  for (const { person, state } of members) {
    if (person && state === 'admitted' && !absent.has(person.id)) absent.set(person.id, { ...person, standing: '队员，没有报名' })
  }
  for (const { person } of came) absent.delete(person?.id ?? '')
  return [...absent.values()].map(({ id, name, standing }) => ({ id, name, standing }))
}
