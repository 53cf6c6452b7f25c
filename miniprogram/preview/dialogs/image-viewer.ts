import { make, makeButton } from '../markup'
import { openMask } from './mask'

/** Pictures over the whole phone, one at a time. */
export function viewImages(addresses: string[], first: number): void {
  let index = Math.max(0, first)
  const picture = make('img', { alt: '' })
  const place = make('span', { role: 'status' })
  const show = (next: number) => {
    index = (next + addresses.length) % addresses.length
    picture.src = addresses[index] ?? ''
    picture.alt = `图片${index + 1}`
    place.textContent = `${index + 1} / ${addresses.length}`
  }
  const bar = make('div', { class: 'preview-viewer-bar' }, makeButton('关闭', 'preview-viewer-close', () => close()), place)
  if (addresses.length > 1) {
    bar.append(makeButton('上一张', 'preview-viewer-previous', () => show(index - 1)), makeButton('下一张', 'preview-viewer-next', () => show(index + 1)))
  }
  const close = openMask(make('div', { class: 'preview-viewer' }, picture, bar), { label: '查看图片', onOutside: () => close() })
  show(index)
}
