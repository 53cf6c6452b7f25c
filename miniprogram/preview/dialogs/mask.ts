import { make } from '../markup'

/** Opens a box over the whole phone, from the middle or the bottom; the answer closes it. */
export function openMask(box: HTMLElement, options: { label: string, isBottom?: boolean, onOutside?: () => void }): () => void {
  const before = document.activeElement
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-modal', 'true')
  box.setAttribute('aria-label', options.label)
  const mask = make('div', { class: options.isBottom ? 'preview-mask preview-bottom' : 'preview-mask' }, box)
  mask.addEventListener('click', (event) => {
    if (event.target === mask) options.onOutside?.()
  })
  mask.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') options.onOutside?.()
  })
  document.body.append(mask)
  box.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
  return () => {
    mask.remove()
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}
