import { make, makeButton } from './markup'
import { labelOf, people, personPattern } from './people'

export const largeScale = 1.4

export interface SwitcherOptions {
  person: string
  fontScale: number
  isOffline: boolean
  /** Opens the preview anew with these parts of its address. */
  open(query: Record<string, string>): void
  setOffline(isOffline: boolean): void
  setNarrow?(isNarrow: boolean): void
}

/** Who holds the phone, and how it stands. */
export function makeSwitcher(options: SwitcherOptions): HTMLElement {
  const note = make('p', { class: 'preview-note' }, '这是浏览器里的预览：微信是模拟的，登录、手机号、扫码、授权都不经过真正的微信。')
  return make('section', { class: 'preview-switcher', 'aria-label': '预览设置' },
    make('h2', {}, '预览：现在是谁在用'), note, peopleButtons(options), anyName(options), toggles(options))
}

function peopleButtons({ person, open }: SwitcherOptions): HTMLElement {
  const names = person in people ? Object.keys(people) : [...Object.keys(people), person]
  const buttons = names.map((name) => {
    const button = makeButton(labelOf(name), 'preview-person', () => open({ as: name }))
    button.dataset.person = name
    button.setAttribute('aria-pressed', String(name === person))
    return button
  })
  return make('div', { class: 'preview-people', role: 'group', 'aria-label': '演示人员' }, ...buttons)
}

function anyName({ open }: SwitcherOptions): HTMLElement {
  const field = make('input', { 'aria-label': '其他人的代号', placeholder: '其他代号，如 newcomer', maxlength: '40' })
  const problem = make('p', { class: 'preview-problem', role: 'alert' })
  const form = make('form', { class: 'preview-any-name' }, field, make('button', { type: 'submit', class: 'preview-secondary' }, '换成此人'))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (personPattern.test(field.value)) open({ as: field.value })
    else problem.textContent = '代号只用小写字母、数字、- 和 _，最多40个'
  })
  return make('div', {}, form, problem)
}

function toggles(options: SwitcherOptions): HTMLElement {
  const box = make('div', { class: 'preview-toggles' },
    toggle('大字', options.fontScale > 1, (isOn) => options.open({ scale: isOn ? String(largeScale) : '1' })),
    toggle('无网络', options.isOffline, (isOn) => options.setOffline(isOn)))
  if (options.setNarrow) box.append(toggle('窄屏 320', false, options.setNarrow))
  return box
}

function toggle(label: string, isOn: boolean, onChange: (isOn: boolean) => void): HTMLElement {
  const input = make('input', { type: 'checkbox' })
  input.checked = isOn
  input.addEventListener('change', () => onChange(input.checked))
  return make('label', {}, input, ` ${label}`)
}
