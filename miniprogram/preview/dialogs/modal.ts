import { make, makeButton } from '../markup'
import { openMask } from './mask'

export interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

export interface ModalAnswer { confirm: boolean, cancel: boolean, content?: string }

export function showModal(options: ModalOptions): Promise<ModalAnswer> {
  return new Promise((resolve) => {
    const field = options.editable ? make('input', { 'aria-label': options.title ?? '', placeholder: options.placeholderText }) : undefined
    if (field) field.value = options.content ?? ''
    const answer = (isConfirmed: boolean) => {
      close()
      resolve({ confirm: isConfirmed, cancel: !isConfirmed, ...(field && isConfirmed ? { content: field.value } : {}) })
    }
    const buttons = make('div', { class: 'preview-modal-buttons' })
    if (options.showCancel !== false) buttons.append(coloured(makeButton(options.cancelText ?? '取消', 'preview-cancel', () => answer(false)), options.cancelColor))
    buttons.append(coloured(makeButton(options.confirmText ?? '确定', 'preview-confirm', () => answer(true)), options.confirmColor))
    const box = make('div', { class: 'preview-modal' })
    if (options.title) box.append(make('h2', {}, options.title))
    box.append(field ?? make('p', {}, options.content ?? ''), buttons)
    const close = openMask(box, { label: options.title || options.content || '提示' })
  })
}

function coloured(button: HTMLElement, colour: string | undefined): HTMLElement {
  if (colour) button.style.color = colour
  return button
}
