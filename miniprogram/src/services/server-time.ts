/**
 * What the server's clock says. Codes change every 15 seconds and scans are kept with their time, so that a
 * phone whose clock is wrong must not count by its own.
 */
const storageKey = 'clock-ahead'
/** Within this many milliseconds a phone's clock is right: the header names whole seconds only. */
const tolerance = 2000

let ahead: number | undefined

/** By how many milliseconds the server's clock is ahead of the phone's, as last heard. */
const serverAhead = (): number => (ahead ??= Number(wx.getStorageSync<number>(storageKey)) || 0)

export const serverNow = (): Date => new Date(Date.now() + serverAhead())

/** Takes note of an answer's Date header (RFC 9110, whole seconds). */
export function noteServerTime(headers: Record<string, string>): void {
  const date = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date')?.[1]
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return
  // Rounded up: a scan that seems a second late is still in time, one that seems early names a code to come.
  const heard = told + 1000 - Date.now()
  const next = Math.abs(heard) <= tolerance ? 0 : heard
  if (Math.abs(next - serverAhead()) < tolerance) return
  ahead = next
  wx.setStorageSync(storageKey, next)
}
