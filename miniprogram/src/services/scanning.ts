import { consents } from './privacy'

/** What a scanned text leads to. */
export type Scanned =
  | { kind: 'page'; url: string }
  /** A person's printed card: its holder can be helped. */
  | { kind: 'card'; token: string }
  /** The code on a person's own phone, which only an activity's or a task's scanner takes. */
  | { kind: 'personal' }
  | { kind: 'unknown' }

const id = '[0-9A-Z]{26}'
const stationPath = /^\/?pages\/task\/station\/index\?(?:.*&)?scene=([^&]+)/
const stationScene = new RegExp(`^s=(${id})$`)
const activityText = new RegExp(`^FS1:A:(${id}):[A-Z2-7]{8}$`)
/** Typed as well: ten digits, as they stand on the phone or without the space. */
const redemptionText = /^(?:FS1:R:)?([0-9]{10})$/
const cardText = /^(?:FS1:C:)?([A-Za-z0-9_-]{43})$/
const ticketAddress = new RegExp(`^https?://[^/]+/tickets/(${id})(?:[/?#].*)?$`)

const certificateAddress = /^https?:\/\/[^/]+\/certificates\/([A-Z2-7]{16})(?:[/?#].*)?$/

/** Reads a scanned text; of a mini-program code WeChat gives the path, of any other the text. */
export function readScan(text: string): Scanned {
  const scanned = text.trim()
  const station = stationOfScene(stationPath.exec(scanned)?.[1] ?? '')
  if (station) return { kind: 'page', url: `/pages/task/station/index?id=${station}` }
  const activity = activityText.exec(scanned)
  if (activity) return { kind: 'page', url: `/pages/team/checkin/index?id=${activity[1]}&code=${scanned}` }
  const ticket = ticketAddress.exec(scanned)
  if (ticket) return { kind: 'page', url: `/pages/ticket/detail/index?id=${ticket[1]}` }
  const certificate = certificateAddress.exec(scanned)
  if (certificate) return { kind: 'page', url: `/pages/figures/check/index?number=${certificate[1]}` }
  const redemption = redemptionText.exec(scanned.replace(/\s/g, ''))
  if (redemption) return { kind: 'page', url: `/pages/reward/fulfil/index?code=${redemption[1]}` }
  const card = cardText.exec(scanned)
  if (card) return { kind: 'card', token: card[1] }
  return { kind: scanned.startsWith('FS1:P:') ? 'personal' : 'unknown' }
}

/** The station that a mini-program code's scene (s=STATION) names; '' for anything else. */
export function stationOfScene(scene: string): string {
  return stationScene.exec(decoded(scene))?.[1] ?? ''
}

/** A page's option as it was before it became part of an address. */
export function decoded(option = ''): string {
  try {
    return decodeURIComponent(option)
  } catch {
    return option
  }
}

/** Opens the scanner. Gives the text; undefined when there is none, which is told unless the person left it. */
export async function scanText(): Promise<string | undefined> {
  const text = await textOfScanner()
  if (text === '') {
    void wx.showModal({ title: '没有扫到码', content: '请同意使用相机，把码对准镜头，再点一次扫码。', showCancel: false, confirmText: '知道了' })
  }
  return text || undefined
}

/** The one scan button: opens what was scanned, or a page that says what to do instead. */
export async function scanAndOpen(): Promise<void> {
  const text = await textOfScanner()
  if (text === undefined) return
  const scanned = readScan(text)
  void wx.navigateTo({ url: scanned.kind === 'page' ? scanned.url : `/pages/scan/index?code=${encodeURIComponent(text)}` })
}

/** Undefined when the person leaves the scanner; '' when there is none to be had. */
async function textOfScanner(): Promise<string | undefined> {
  if (!(await consents())) return ''
  try {
    const { path, result } = await wx.scanCode({})
    return path || result
  } catch (failure) {
    return wasLeft(failure) ? undefined : ''
  }
}

const wasLeft = (failure: unknown): boolean => String((failure as { errMsg?: string }).errMsg).endsWith('cancel')
