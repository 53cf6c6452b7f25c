import { NativeElement } from './native-element'

type Navigate = (options: { url?: string, delta?: number }) => Promise<unknown>
const calls: Record<string, string> = { redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch', navigateBack: 'navigateBack' }

export class NavigatorElement extends NativeElement {
  protected override start(): void {
    if (!this.properties.ariaRole) this.setAttribute('role', 'link')
    this.tabIndex = 0
  }

  override onTap(): boolean {
    const { wx } = window as unknown as { wx: Record<string, Navigate> }
    const name = calls[this.text('openType')] ?? 'navigateTo'
    void wx[name]?.(name === 'navigateBack' ? { delta: this.number('delta', 1) } : { url: this.text('url') })
    return true
  }
}
