import { make } from '../markup'

export interface ToastOptions { title?: string, icon?: string, image?: string, duration?: number, mask?: boolean }

const signs: Record<string, string> = { success: '✓', error: '✕' }
const defaultDuration = 1500 // milliseconds

let shown: HTMLElement | undefined
let timer: number | undefined

export function showToast(options: ToastOptions): void {
  show(options.title ?? '', options.icon ?? 'success', options.mask === true)
  timer = window.setTimeout(hideToast, options.duration ?? defaultDuration)
}

export function showLoading(options: ToastOptions): void {
  show(options.title ?? '', 'loading', options.mask === true)
}

export function hideToast(): void {
  clearTimeout(timer)
  shown?.remove()
  shown = undefined
}

function show(title: string, icon: string, hasMask: boolean): void {
  hideToast()
  const box = make('div', { class: 'preview-toast', role: 'status' }, title)
  if (icon !== 'none') {
    box.classList.add('preview-with-icon')
    box.prepend(make('u', { class: `preview-icon-${icon}`, 'aria-hidden': 'true' }, signs[icon] ?? ''))
  }
  shown = hasMask ? make('div', { class: 'preview-toast-mask' }, box) : box
  document.body.append(shown)
}
