/**
 * WeChat's consent to the privacy guideline: it is asked for at the first use of the camera, of photos or of
 * the place. WeChat tells one listener of the whole program; the page on show puts the question.
 */
type Answer = (result: { event: 'agree' | 'disagree'; buttonId?: string }) => void
type Shower = (asked: boolean) => void

let started = false
let waiting: Answer[] = []
let shower: Shower | undefined

/** The dialog of the page on show says so here; a question that is open already is shown at once. */
export function askConsentBy(show: Shower): void {
  start()
  shower = show
  show(waiting.length > 0)
}

export function stopAskingBy(show: Shower): void {
  if (shower === show) shower = undefined
}

/** Passes the person's answer to whatever waits for it. WeChat checks that the button of `buttonId` was tapped. */
export function answerConsent(agreed: boolean, buttonId = ''): void {
  const answers = waiting
  waiting = []
  for (const answer of answers) answer(agreed ? { event: 'agree', buttonId } : { event: 'disagree' })
  shower?.(false)
}

/** Whether the person agrees, or has agreed before, to what the next use of camera, photos or place needs. */
export function consents(): Promise<boolean> {
  return new Promise((resolve) => {
    wx.requirePrivacyAuthorize({ success: () => resolve(true), fail: () => resolve(false) })
  })
}

function start(): void {
  if (started) return
  started = true
  const ask = (answer: Answer) => {
    waiting.push(answer)
    shower?.(true)
  }
  // WeChat's typings name another argument than WeChat gives.
  wx.onNeedPrivacyAuthorization(ask as unknown as WechatMiniprogram.OnNeedPrivacyAuthorizationCallback)
}
