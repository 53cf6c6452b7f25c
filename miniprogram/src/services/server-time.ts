/**
 * What the server's clock says. Codes change every 15 seconds and scans are kept with their time, so that a
 * phone whose clock is wrong must not count by its own.
 */
const storageKey = 'clock-ahead'
/** An answer's Date header names whole seconds (RFC 9110): the moment may be this much later. */
const oneSecond = 1000

let ahead: number | undefined

/** By how many milliseconds the server's clock is ahead of the phone's, as last heard. */
const serverAhead = (): number => (ahead ??= Number(wx.getStorageSync<number>(storageKey)) || 0)

export const serverNow = (): Date => new Date(Date.now() + serverAhead())

/**
 * Takes note of the Date header of an answer that has just come. The server wrote it at some moment since
 * `sentAt`: only a clock that fits no such moment is put right, so that a slow answer teaches little.
 */
export function noteServerTime(headers: Record<string, string>, sentAt: number): void {
  const date = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date')?.[1]
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return
  const least = told - Date.now()
  const most = told + oneSecond - sentAt
  const held = serverAhead()
  if (held >= least && held <= most) return
  // Rounded up: a scan that seems a second late is still in time, one that seems early names a code to come.
  ahead = held < least ? least + oneSecond : most
  wx.setStorageSync(storageKey, ahead)
}
