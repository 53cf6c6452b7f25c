import type { Activity } from '../../../services/contract/team'
import { livingAt, type Living } from '../../../components/home-note/living'
import type { Person } from '../../../services/me'
import { myPart, notCheckedOut, phaseOf, placesText, takesCheckOut, toActivityRow, type ActivityRow, type Phase } from '../../../wording/activities'
import { clock, minutesText } from '../../../wording/time'
import { ledTeams, leads } from '../team-view'

/** The one thing that a person can do next. */
export type Step = 'show-code' | 'close' | 'check-in' | 'check-out' | 'sign-up' | 'queue' | ''

export interface ActivityView {
  row: ActivityRow
  phase: Phase
  facts: { icon: string; text: string }[]
  step: Step
  /** Where the person lives, when the next step is for who lives here only; else `here`. */
  living: Living
  /** What has come of my own part so far. */
  note: string
  reason: string
  mayWithdraw: boolean
  isWaiting: boolean
  /** 1 is next. */
  waitingPlace: number
  isLeader: boolean
  isPublisher: boolean
  teamId: string
}

/** A member of the team takes part wherever they live. */
export function toView(activity: Activity, person: Person, isMember: boolean, now = new Date()): ActivityView {
  const phase = phaseOf(activity, now)
  const step = leaderStep(activity, person, phase) || nextStep(activity, phase)
  const living = livingFor(step, activity, person, isMember)
  const { mine } = activity
  return {
    row: toActivityRow(activity, now),
    phase,
    facts: factsOf(activity),
    step: living === 'here' ? step : '',
    living,
    note: noteOf(activity, phase),
    reason: activity.reason ? `${activity.state === 'cancelled' ? '取消的原因' : '退回的原因'}：${activity.reason}` : '',
    mayWithdraw: activity.state === 'published' && Boolean(mine?.signup) && !mine?.checked_in_at,
    isWaiting: mine?.signup === 'waiting' && !mine.checked_in_at,
    waitingPlace: mine?.waiting_place ?? 0,
    isLeader: leads(person, activity),
    isPublisher: person.roles.some(({ role, region_id }) => role === 'secretary' && region_id === activity.region_id),
    teamId: activity.team_id ?? '',
  }
}

function factsOf(activity: Activity): { icon: string; text: string }[] {
  const facts = [{ icon: 'usergroup', text: activity.state === 'published' ? `一共${activity.capacity}个名额，${placesText(activity)}` : placesText(activity) }]
  if (activity.points_per_hour) facts.push({ icon: 'star', text: `每服务1小时得${activity.points_per_hour}积分` })
  if (activity.fence_metres) facts.push({ icon: 'map-location', text: `签到在活动地点${activity.fence_metres}米以内` })
  if (activity.state === 'published') facts.push({ icon: 'user-add', text: activity.walk_in ? '没报名也可以直接来' : '要先报名才能来' })
  return facts
}

/** What the team's own leader does next: the others are waiting for it. */
function leaderStep({ team_id = '' }: Activity, person: Person, phase: Phase): Step {
  if (!ledTeams(person).includes(team_id)) return ''
  if (phase === 'open') return 'show-code'
  return phase === 'leaving' || phase === 'over' ? 'close' : ''
}

function nextStep({ mine, walk_in, places_left, ends_at }: Activity, phase: Phase): Step {
  if (mine?.checked_out_at) return ''
  if (mine?.checked_in_at) return takesCheckOut(phase) ? 'check-out' : ''
  if (phase === 'open' && (mine?.signup === 'confirmed' || walk_in)) return 'check-in'
  if (mine?.signup || !(phase === 'soon' || phase === 'open') || !ends_at) return ''
  return places_left > 0 ? 'sign-up' : 'queue'
}

/** Signing up is for who lives here; who comes without having signed up lives anywhere, but somewhere. */
function livingFor(step: Step, activity: Activity, person: Person, isMember: boolean): Living {
  const living = livingAt(person, activity.region_id)
  if (step === 'sign-up' || step === 'queue') return isMember ? 'here' : living
  return step === 'check-in' && !activity.mine?.signup && living === 'nowhere' ? 'nowhere' : 'here'
}

function noteOf(activity: Activity, phase: Phase): string {
  const { mine } = activity
  if (phase === 'cancelled') return ''
  if (mine?.points) return `您服务了${minutesText(mine.minutes ?? 0)}，得到${mine.points}积分`
  if (mine?.checked_out_at) {
    const waits = activity.state === 'confirmed' ? '' : '。队长结束活动、书记确认后发积分'
    return `您 ${clock(mine.checked_in_at ?? '')} 签到，${clock(mine.checked_out_at)} 签退，服务${minutesText(mine.minutes ?? 0)}${waits}`
  }
  if (mine?.checked_in_at && phase === 'confirmed' && mine.minutes) return `您服务了${minutesText(mine.minutes)}`
  if (mine?.checked_in_at) return `您 ${clock(mine.checked_in_at)} 签到了。${takesCheckOut(phase) ? '走的时候记得签退' : notCheckedOut}`
  if (mine?.signup === 'confirmed') return phase === 'soon' ? '您已报名。活动开始前30分钟可以签到' : '您已报名'
  return myPart(activity)
}
