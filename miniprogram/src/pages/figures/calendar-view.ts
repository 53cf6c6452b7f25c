import type { Calendar } from '../../services/contract/figures'
import { gradeText } from '../../wording/grades'
import { clock } from '../../wording/time'

type Day = Calendar['days'][number]

export interface Line {
  id: string
  kind: string
  text: string
  rest: string
  /** '' for what has no page of its own. */
  url: string
}

export interface DayRow {
  date: string
  name: string
  isToday: boolean
  lines: Line[]
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** The days from today on; of a month that is not the present one, all. */
export function toDays({ days, month }: Calendar, today: string): DayRow[] {
  const isPresent = today.startsWith(month)
  return days.filter(({ date }) => !isPresent || date >= today).map((day) => toDay(day, today))
}

function toDay({ date, services, activities, tasks }: Day, today: string): DayRow {
  const [year, month, day] = date.split('-').map(Number)
  const name = `${month}月${day}日 ${weekdays[new Date(year, month - 1, day).getDay()]}`
  return {
    date,
    name: date === today ? `今天 ${name}` : name,
    isToday: date === today,
    lines: [
      ...activities.map(({ id, title, starts_at, place, team_name, co_building }) => ({
        id: `activity-${id}`,
        kind: co_building ? '共建活动' : '活动',
        text: `${clock(starts_at)} ${title}`,
        rest: [place, team_name].filter(Boolean).join(' · '),
        url: `/pages/team/activity/index?id=${id}`,
      })),
      ...services.map(({ id, title, organisation_name, rhythm }) => ({ id: `service-${id}`, kind: '服务', text: title, rest: `${organisation_name} · ${rhythm}`, url: '' })),
      ...tasks.map(({ id, title, until }) => ({ id: `task-${id}`, kind: '微任务', text: title, rest: `认领到${clock(until)}`, url: `/pages/task/detail/index?id=${id}` })),
    ],
  }
}

/** 每月有共建 and 每年有荣誉 in sentences. */
export function promises({ co_building, honours }: Calendar): { together: string; honoured: string } {
  const graded = honours.grades.map(({ grade, people }) => `${people}人评上${gradeText(grade, 0).name}`)
  const certificates = honours.certificates ? [`开出服务证书${honours.certificates}张`] : []
  const together = [
    co_building.activities ? `共建活动${co_building.activities}场` : '',
    co_building.partner_tickets ? `联建单位办完${co_building.partner_tickets}件单子` : '',
  ].filter(Boolean)
  return { together: together.join('，') || '这个月还没有', honoured: [...graded, ...certificates].join('，') || '今年还没有' }
}

/** 2026-12 for 2026-11 and 1. */
export function monthBeside(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  const beside = new Date(year, number - 1 + by, 1)
  return `${beside.getFullYear()}-${String(beside.getMonth() + 1).padStart(2, '0')}`
}

export function monthName(month: string): string {
  const [year, number] = month.split('-')
  return `${year}年${Number(number)}月`
}
