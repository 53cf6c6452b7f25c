import { make, makeButton } from '../markup'
import { openMask } from './mask'

/** The place of the item that was chosen, undefined when none was. */
export function showActionSheet(items: string[], title?: string, colour?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const answer = (index: number | undefined) => {
      close()
      resolve(index)
    }
    const box = make('div', { class: 'preview-sheet' })
    if (title) box.append(make('p', {}, title))
    for (const [index, item] of items.entries()) {
      const button = makeButton(item, 'preview-sheet-item', () => answer(index))
      if (colour) button.style.color = colour
      box.append(button)
    }
    box.append(makeButton('取消', 'preview-sheet-item preview-sheet-cancel', () => answer(undefined)))
    const close = openMask(box, { label: title ?? '请选择', isBottom: true, onOutside: () => answer(undefined) })
  })
}
