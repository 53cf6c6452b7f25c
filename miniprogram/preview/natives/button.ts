import { askPhoneNumber } from '../dialogs/phone-number'
import { openSetting } from '../wx/permissions'
import { agreeToPrivacy, requirePrivacy } from '../wx/privacy'
import { FormElement } from './form'
import { NativeElement } from './native-element'
import { shareTopPage } from './share'

export class ButtonElement extends NativeElement {
  protected override start(): void {
    if (!this.properties.ariaRole) this.setAttribute('role', 'button')
    this.update('disabled')
  }

  protected override update(name: string): void {
    if (name !== 'disabled') return
    const isDisabled = this.isOn('disabled')
    this.setAttribute('aria-disabled', String(isDisabled))
    this.tabIndex = isDisabled ? -1 : 0
  }

  override onTap(): boolean {
    if (this.isOn('disabled')) return true
    this.actOnForm()
    for (const openType of this.text('openType').split('|')) void this.open(openType)
    return false
  }

  private actOnForm(): void {
    const form = this.closest('wx-form')
    if (!(form instanceof FormElement)) return
    if (this.text('formType') === 'submit') form.submit()
    if (this.text('formType') === 'reset') form.reset()
  }

  private async open(openType: string): Promise<void> {
    if (openType === 'agreePrivacyAuthorization') {
      agreeToPrivacy(this.__wxElement?.id ?? '')
      this.emit('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' })
    } else if (openType === 'getPhoneNumber') {
      this.emit('getphonenumber', await phoneNumber())
    } else if (openType === 'openSetting') {
      this.emit('opensetting', { errMsg: 'openSetting:ok', ...await openSetting() })
    } else if (openType === 'share') {
      await shareTopPage(this.__wxElement)
    }
  }
}

async function phoneNumber(): Promise<Record<string, unknown>> {
  try {
    await requirePrivacy('getPhoneNumber')
  } catch {
    return { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }
  }
  const number = await askPhoneNumber()
  if (number === undefined) return { errMsg: 'getPhoneNumber:fail user deny' }
  return { errMsg: 'getPhoneNumber:ok', code: `sim:${number}` }
}
