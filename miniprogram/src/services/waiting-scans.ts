import { scanRefusals } from '../wording/names'
import { ApiError } from './api-error'
import { uploadScans, type ScanResults } from './contract/team'
import { helping } from './helping'
import { newKey } from './keys'
import { isOnline, watchNetwork } from './network'
import { serverNow } from './server-time'

/**
 * Scans of cards and personal codes, kept on the leader's phone until the server has said what became of
 * them. Each bears an id made here, by which the server knows a scan that was sent before: an upload whose
 * answer was lost is sent again and counts once.
 */

export type ScanKind = 'in' | 'out'
export type ScanResult = ScanResults['results'][number]

export interface KeptScan {
  scan_id: string
  token: string
  kind: ScanKind
  /** When it was scanned, RFC 3339. */
  at: string
  /** Why the server refused it, in words; absent while it waits to be sent. */
  refusal?: string
  /** Whose it is, as far as the server has told. */
  name?: string
}

/** As many as one call may carry. */
const atOnce = 500
const keyPrefix = 'scans-of-'

/** Keeps a scan, before anything is sent. Throws when the phone has no room to keep it. */
export function keepScan(activityId: string, token: string, kind: ScanKind): KeptScan {
  const scan: KeptScan = { scan_id: newKey(), token, kind, at: serverNow().toISOString() }
  write(activityId, [...read(activityId), scan])
  return scan
}

export const waitingScans = (activityId: string): KeptScan[] => read(activityId).filter(({ refusal }) => !refusal)

export const refusedScans = (activityId: string): KeptScan[] => read(activityId).filter(({ refusal }) => refusal)

/** Drops a refused scan that the leader has read. One that waits is never dropped. */
export function dropRefused(activityId: string, scanId: string): void {
  write(activityId, read(activityId).filter(({ scan_id, refusal }) => !refusal || scan_id !== scanId))
}

const underWay = new Map<string, Promise<ScanResult[]>>()

/**
 * Sends what waits for an activity, and gives what became of each. Whoever calls while that is under way
 * waits for the same: one scan is never in two uploads at once. Rejects with ApiError; what was not
 * answered goes on waiting.
 */
export function sendWaiting(activityId: string): Promise<ScanResult[]> {
  const running = underWay.get(activityId)
  if (running) return running
  const sending = sendAll(activityId).finally(() => underWay.delete(activityId))
  underWay.set(activityId, sending)
  return sending
}

async function sendAll(activityId: string): Promise<ScanResult[]> {
  const results: ScanResult[] = []
  for (;;) {
    const batch = waitingScans(activityId).slice(0, atOnce)
    if (!batch.length) return results
    // By the leader's own name: while a card is in use, calls are made for its person.
    if (helping()) throw new ApiError({ code: 'scans.helping', detail: '正在帮别人办理，请先点「结束」，再发送扫码记录' })
    const answer = await uploadScans(activityId, { scans: batch.map(toSend) })
    settle(activityId, batch, answer.results)
    results.push(...answer.results)
  }
}

const toSend = ({ scan_id, token, kind, at }: KeptScan) => ({ scan_id, token, kind, at })

/** Drops what the server has taken and marks what it has refused. What it says nothing of goes on waiting. */
function settle(activityId: string, batch: KeptScan[], results: ScanResult[]): void {
  const answers = new Map(results.map((result) => [result.scan_id, result]))
  if (!batch.some(({ scan_id }) => answers.has(scan_id))) {
    throw new ApiError({ code: 'server.unreachable', detail: '服务没有说收到了哪些，请过一会儿再发送' })
  }
  const left = read(activityId).flatMap((scan) => {
    const result = answers.get(scan.scan_id)
    if (!result) return [scan]
    return isRefused(result) ? [{ ...scan, refusal: refusalOf(result), name: result.person_name }] : []
  })
  write(activityId, left)
}

/** Why a scan was refused, in words. */
export const refusalOf = ({ detail, code }: ScanResult): string =>
  detail || scanRefusals[code ?? ''] || '没有记上，请用「补登」'

/** Refused now, or the first time, if the answer to that was lost. */
export const isRefused = ({ outcome, first_outcome }: ScanResult): boolean =>
  outcome === 'refused' || (outcome === 'duplicate' && first_outcome === 'refused')

/** Sends what waits for any activity, also from before the mini-program was closed. Says nothing of failures: the leader's pages do. */
export async function sendAllWaiting(): Promise<void> {
  if (!isOnline() || helping()) return
  await Promise.allSettled(activitiesWithScans().map(sendWaiting))
}

/** Has scans sent whenever the phone has a network again; called once, when the mini-program starts. */
export function sendWhenOnline(): void {
  watchNetwork((online) => {
    if (online) void sendAllWaiting()
  })
}

const activitiesWithScans = (): string[] =>
  wx.getStorageInfoSync().keys.filter((key) => key.startsWith(keyPrefix)).map((key) => key.slice(keyPrefix.length))

const read = (activityId: string): KeptScan[] => wx.getStorageSync<KeptScan[]>(keyPrefix + activityId) || []

function write(activityId: string, scans: KeptScan[]): void {
  if (scans.length) wx.setStorageSync(keyPrefix + activityId, scans)
  else wx.removeStorageSync(keyPrefix + activityId)
}
