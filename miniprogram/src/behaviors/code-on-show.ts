import { ApiError, sentenceOf } from '../services/api-error'
import { serverNow } from '../services/server-time'
import type { Loading } from './loading'

/** A code that changes every few seconds, as the server gives it. */
interface RotatingCode {
  text: string
  valid_until: string
  step_seconds: number
}

/** What a page shows of it. */
export interface CodeOnShow {
  text: string
  validUntil: string
  stepSeconds: number
  secondsLeft: number
  /** Whether the server takes it no longer. */
  isStale: boolean
}

export const noCode: CodeOnShow = { text: '', validUntil: '', stepSeconds: 0, secondsLeft: 0, isStale: false }

const second = 1000

export function codeOnShow({ text, valid_until, step_seconds }: RotatingCode): CodeOnShow {
  const times = { validUntil: valid_until, stepSeconds: step_seconds }
  return { text, ...times, ...leftOf(times) }
}

/** The server takes a code one step longer than it is shown, so that one that is renewed late still serves meanwhile. */
function leftOf({ validUntil, stepSeconds }: Pick<CodeOnShow, 'validUntil' | 'stepSeconds'>): Pick<CodeOnShow, 'secondsLeft' | 'isStale'> {
  const secondsLeft = Math.ceil((Date.parse(validUntil) - serverNow().getTime()) / second)
  return { secondsLeft: Math.max(0, secondsLeft), isStale: secondsLeft <= -stepSeconds }
}

interface Shower {
  data: Loading & CodeOnShow
  setData(data: object): void
}

/**
 * Shows a page's code on a bright screen that stays on, and has it renewed when it ends: one call at a time, again
 * while there is no answer. A refusal takes its place. Gives what ends all this and leaves the phone as it was.
 */
export function showCode(page: Shower, renew: () => Promise<CodeOnShow>): () => void {
  const dim = brighten()
  let isOver = false
  let isRenewing = false

  const tick = () => {
    if (page.data.state !== 'ready') return
    page.setData(leftOf(page.data))
    if (!page.data.secondsLeft && !isRenewing) void change()
  }
  const change = async () => {
    isRenewing = true
    try {
      const next = await renew()
      if (!isOver) page.setData(next)
    } catch (error) {
      if (!isOver && isRefusal(error)) page.setData({ state: 'failed', failure: sentenceOf(error) })
    } finally {
      isRenewing = false
    }
  }

  const timer = setInterval(tick, second)
  return () => {
    isOver = true
    clearInterval(timer)
    dim()
  }
}

/** A fault of the server passes by itself, as a lost signal does. */
const isRefusal = (error: unknown): boolean => !(error instanceof ApiError) || (error.status >= 400 && error.status < 500)

function brighten(): () => void {
  let isOver = false
  let before: number | undefined
  void wx.setKeepScreenOn({ keepScreenOn: true })
  wx.getScreenBrightness({
    success: ({ value }) => {
      if (isOver) return
      before = value
      void wx.setScreenBrightness({ value: 1 })
    },
  })
  return () => {
    isOver = true
    void wx.setKeepScreenOn({ keepScreenOn: false })
    if (before !== undefined) void wx.setScreenBrightness({ value: before })
    before = undefined
  }
}
