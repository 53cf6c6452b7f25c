/** Times as people say them. All are shown in Chinese time, which is also that of every phone we serve. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** 14:30 */
export function clock(at: string | Date): string {
  const time = new Date(at)
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`
}

/** 今天 · 昨天 · 明天 · 周三 within a week · 11月22日 · 2025年11月22日 */
export function dayName(at: string | Date, now = new Date()): string {
  const time = new Date(at)
  const days = daysBetween(now, time)
  if (days === 0) return '今天'
  if (days === 1) return '明天'
  if (days === -1) return '昨天'
  if (days > 1 && days < 7) return weekdays[time.getDay()]
  const date = `${time.getMonth() + 1}月${time.getDate()}日`
  return time.getFullYear() === now.getFullYear() ? date : `${time.getFullYear()}年${date}`
}

/** 今天 14:30 */
export const moment = (at: string | Date, now = new Date()): string => `${dayName(at, now)} ${clock(at)}`

/** 今天 14:30 到 16:00, or with both days when they differ. */
export function span(from: string, until: string, now = new Date()): string {
  const end = daysBetween(new Date(from), new Date(until)) === 0 ? clock(until) : moment(until, now)
  return `${moment(from, now)} 到 ${end}`
}

/** 还有2小时 · 还有3天 · 马上到时间 · 已过了2小时 */
export function timeLeft(until: string, now = new Date()): string {
  const left = new Date(until).getTime() - now.getTime()
  if (left < 0) return `已过了${length(-left)}`
  return left < minute ? '马上到时间' : `还有${length(left)}`
}

/** 刚刚 · 5分钟前 · 3小时前, then the day. */
export function timeAgo(at: string, now = new Date()): string {
  const passed = now.getTime() - new Date(at).getTime()
  if (passed < minute) return '刚刚'
  return passed < day ? `${length(passed)}前` : moment(at, now)
}

/** 45分钟 · 1小时30分 · 3天 */
export function length(milliseconds: number): string {
  if (milliseconds >= 2 * day) return `${Math.floor(milliseconds / day)}天`
  if (milliseconds >= 5 * hour) return `${Math.floor(milliseconds / hour)}小时`
  return minutesText(Math.max(1, Math.floor(milliseconds / minute)))
}

/** 90 is 1小时30分. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (!hours) return `${rest}分钟`
  return rest ? `${hours}小时${rest}分` : `${hours}小时`
}

/** The moment a picker's date (2026-11-22) and clock (14:30) name, as the server wants it. */
export const instant = (date: string, time: string): string => new Date(`${date}T${time}:00`).toISOString()

/** 2026-11-22, as a picker wants it. */
export function pickerDate(at: Date): string {
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}

/** 2026-11 and 2026-Q4 and 2026, as the server names the periods around a moment. */
export function periods(now = new Date()): { month: string; quarter: string; year: string } {
  const year = String(now.getFullYear())
  return {
    month: `${year}-${twoDigits(now.getMonth() + 1)}`,
    quarter: `${year}-Q${Math.floor(now.getMonth() / 3) + 1}`,
    year,
  }
}

function daysBetween(from: Date, until: Date): number {
  const midnight = (time: Date) => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()
  return Math.round((midnight(until) - midnight(from)) / day)
}
