import { make, makeButton } from '../markup'
import { openMask } from './mask'

/** WeChat's wheel of one column as a list; undefined when it is left without a choice. */
export function pickItem(title: string, items: string[], selected: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const answer = (index: number | undefined) => {
      close()
      resolve(index)
    }
    const list = make('div', { class: 'preview-item-list', role: 'listbox', 'aria-label': title })
    for (const [index, item] of items.entries()) {
      const button = makeButton(item, 'preview-sheet-item', () => answer(index))
      button.setAttribute('role', 'option')
      button.setAttribute('aria-selected', String(index === selected))
      list.append(button)
    }
    const cancel = makeButton('取消', 'preview-sheet-item preview-sheet-cancel', () => answer(undefined))
    const close = openMask(make('div', { class: 'preview-sheet' }, make('p', {}, title), list, cancel), { label: title, isBottom: true, onOutside: () => answer(undefined) })
    list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'center' })
  })
}
