import { make, makeButton } from '../markup'
import { openMask } from './mask'

const madeUp = '13800000001'
const numberPattern = /^1[0-9]{10}$/

/** The number that WeChat would know; undefined when the person refuses. */
export function askPhoneNumber(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const field = make('input', { type: 'tel', inputmode: 'numeric', maxlength: '11', 'aria-label': '手机号' })
    field.value = madeUp
    const problem = make('p', { class: 'preview-problem', role: 'alert' })
    const answer = (number: string | undefined) => {
      close()
      resolve(number)
    }
    const allow = () => {
      if (numberPattern.test(field.value)) answer(field.value)
      else problem.textContent = '请输入11位手机号'
    }
    const buttons = make('div', { class: 'preview-modal-buttons' }, makeButton('不允许', 'preview-cancel', () => answer(undefined)), makeButton('允许', 'preview-confirm', allow))
    const title = make('h2', {}, '申请获取手机号')
    const note = make('p', {}, '模拟微信：填一个编造的手机号')
    const close = openMask(make('div', { class: 'preview-modal' }, title, note, field, problem, buttons), { label: '申请获取手机号' })
  })
}
