import { make, makeButton } from '../markup'
import { openMask } from './mask'

interface DateOptions { mode: 'date' | 'time', title: string, value: string, start: string, end: string }

/** A date as 2026-03-01 or a time as 09:30, undefined when it is left without a choice. */
export function pickDate({ mode, title, value, start, end }: DateOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    const field = make('input', { type: mode, 'aria-label': title, min: start || undefined, max: end || undefined })
    field.value = value
    const problem = make('p', { class: 'preview-problem', role: 'alert' })
    const answer = (chosen: string | undefined) => {
      close()
      resolve(chosen)
    }
    const confirm = () => {
      if (field.value && field.validity.valid) answer(field.value)
      else problem.textContent = start || end ? `请选择${start || '较早'}到${end || '较晚'}之间` : '请先选择'
    }
    const buttons = make('div', { class: 'preview-modal-buttons' }, makeButton('取消', 'preview-cancel', () => answer(undefined)), makeButton('确定', 'preview-confirm', confirm))
    const close = openMask(make('div', { class: 'preview-modal' }, make('h2', {}, title), field, problem, buttons), { label: title, onOutside: () => answer(undefined) })
  })
}
