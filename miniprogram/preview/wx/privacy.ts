// https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
import { showModal } from '../dialogs/modal'
import { surroundings } from '../surroundings'
import { allAsynchronous, WxFailure, type Context } from './api'

interface Resolution { event: 'exposureAuthorization' | 'agree' | 'disagree', buttonId?: string }
type Listener = (resolve: (resolution: Resolution) => void, info: { referrer: string }) => void

const contractName = '《小程序用户隐私保护指引》'
const refused = () => new WxFailure('privacy permission is not authorized', 104)

/** The page's own privacy box, if it has one, and the consents that wait for it. */
class Privacy {
  private listener: Listener | undefined
  private asking: Promise<void> | undefined

  onNeed(listener: Listener): void {
    this.listener = listener
  }

  forget(): void {
    this.asking = undefined
  }

  async require(referrer: string): Promise<void> {
    const { session, privacyCheck } = surroundings
    if (!privacyCheck || session.privacyAgreed) return
    this.asking ??= this.ask(referrer).finally(() => this.forget())
    await this.asking
  }

  private async ask(referrer: string): Promise<void> {
    const isAgreed = this.listener ? await this.askPage(this.listener, referrer) : await askBox()
    if (!isAgreed) throw refused()
    surroundings.session.privacyAgreed = true
  }

  /** A consent counts only if a button with open-type="agreePrivacyAuthorization" was tapped for it. */
  private askPage(listener: Listener, referrer: string): Promise<boolean> {
    return new Promise((resolve) => {
      listener(({ event, buttonId }) => {
        if (event === 'exposureAuthorization') return
        resolve(event === 'agree' && buttonId !== undefined && agreedButtons.delete(buttonId))
      }, { referrer })
    })
  }
}

export const privacy = new Privacy()
const agreedButtons = new Set<string>()

export function requirePrivacy(referrer: string): Promise<void> {
  return privacy.require(referrer)
}

export function agreeToPrivacy(buttonId: string): void {
  agreedButtons.add(buttonId)
  surroundings.session.privacyAgreed = true
}

async function askBox(): Promise<boolean> {
  const { confirm } = await showModal({ title: '用户隐私保护提示', content: `使用前请阅读并同意${contractName}`, cancelText: '拒绝', confirmText: '同意' })
  return confirm
}

export function createPrivacy({ session, calls, app }: Context): object {
  return {
    onNeedPrivacyAuthorization: (listener: Listener) => privacy.onNeed(listener),
    ...allAsynchronous(calls, {
      requirePrivacyAuthorize: () => requirePrivacy('requirePrivacyAuthorize'),
      getPrivacySetting: () => ({ needAuthorization: app.__usePrivacyCheck__ === true && !session.privacyAgreed, privacyContractName: contractName }),
      async openPrivacyContract() {
        await showModal({ title: contractName, content: '这里由微信展示在小程序后台填写的隐私保护指引。', showCancel: false, confirmText: '返回' })
      },
    }),
  }
}
