import type { NewActivity } from '../../../services/contract/team'
import { instant, pickerDate } from '../../../wording/time'

/** What the form holds, as its fields have it. */
export interface Draft {
  title: string
  star: string
  placeName: string
  location: { lat: number; lng: number } | null
  fence: number
  date: string
  begin: string
  end: string
  capacity: string
  walkIn: boolean
  pointsPerHour: string
}

/** Tomorrow at nine, for two hours. */
export function newDraft(now = new Date()): Draft {
  const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000)
  return {
    title: '',
    star: '',
    placeName: '',
    location: null,
    fence: 0,
    date: pickerDate(tomorrow),
    begin: '09:00',
    end: '11:00',
    capacity: '20',
    walkIn: true,
    pointsPerHour: '20',
  }
}

/** What is missing, in words; '' when the server may decide. */
export function missingIn(draft: Draft): string {
  if (draft.title.trim().length < 2) return '请写活动叫什么'
  if (!draft.star) return '请选一颗星'
  if (!draft.placeName.trim()) return '请写在哪里'
  if (!(Number(draft.capacity) > 0)) return '请填要多少人'
  return draft.pointsPerHour.trim() === '' ? '请填每小时多少积分' : ''
}

const day = 24 * 60 * 60 * 1000

/** An end that is not after the begin is on the next day. */
export function toNewActivity(teamId: string, draft: Draft): NewActivity {
  const starts_at = instant(draft.date, draft.begin)
  const sameDay = instant(draft.date, draft.end)
  const ends_at = sameDay > starts_at ? sameDay : new Date(Date.parse(sameDay) + day).toISOString()
  return {
    team_id: teamId,
    title: draft.title.trim(),
    star: draft.star,
    place: { name: draft.placeName.trim(), ...draft.location },
    fence_metres: draft.location ? draft.fence : 0,
    starts_at,
    ends_at,
    capacity: Number(draft.capacity),
    walk_in: draft.walkIn,
    points_per_hour: Number(draft.pointsPerHour),
  }
}
