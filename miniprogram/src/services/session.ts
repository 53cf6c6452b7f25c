import type { NewSession } from './contract/person'
import { ApiError } from './api-error'
import { send } from './wire'

const storageKey = 'session-token'

let entering: Promise<string> | undefined

/** The token of this phone's session; logs in silently when there is none. Rejects with ApiError. */
export function sessionToken(): Promise<string> {
  const kept = wx.getStorageSync<string>(storageKey)
  if (kept) return Promise.resolve(kept)
  entering ??= login().finally(() => {
    entering = undefined
  })
  return entering
}

/** Drops a token that the server no longer takes, unless another call has already brought a newer one. */
export function forgetSession(token: string): void {
  if (wx.getStorageSync<string>(storageKey) === token) wx.removeStorageSync(storageKey)
}

/** Ends what this phone remembers of the session; the next call logs in anew. */
export function endSession(): void {
  wx.removeStorageSync(storageKey)
}

async function login(): Promise<string> {
  const session = await send<NewSession>({
    method: 'POST',
    path: '/sessions',
    body: { code: await loginCode() },
    headers: {},
  })
  wx.setStorageSync(storageKey, session.token)
  return session.token
}

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => resolve(code),
      fail: () => reject(new ApiError({ code: 'login.failed', detail: '微信没有让我们登录，请关掉小程序再打开' })),
    })
  })
}
