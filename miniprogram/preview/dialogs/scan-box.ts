import type { CodesOnShow } from '../codes-on-show'
import { make, makeButton } from '../markup'
import { decodePicture } from '../qr'
import { chooseFiles } from './choose-files'
import { openMask } from './mask'

/** In place of a camera: paste a code, pick one that is on show, or choose its picture. undefined: left without one. */
export function openScanBox(codes: CodesOnShow): Promise<string | undefined> {
  return new Promise((resolve) => {
    const field = make('input', { 'aria-label': '码的内容', placeholder: '粘贴码的内容' })
    const problem = make('p', { class: 'preview-problem', role: 'alert' })
    const answer = (text: string | undefined) => {
      close()
      resolve(text)
    }
    const useField = () => {
      if (field.value) answer(field.value)
      else problem.textContent = '请先粘贴码的内容'
    }
    const usePicture = async () => {
      const files = await chooseFiles('image/*', { isMultiple: false })
      if (!files?.[0]) return
      const text = await decodePicture(files[0])
      if (text) answer(text)
      else problem.textContent = '这张图片里没有认出码'
    }
    const paste = make('div', { class: 'preview-scan-paste' }, field, makeButton('扫这个', 'preview-primary', useField))
    const list = make('ul', { class: 'preview-scan-codes' }, ...codes.list().map(({ text, page, at }) => make('li', {}, codeButton(text, page, at, () => answer(text)))))
    const nothing = codes.list().length === 0 ? '还没有：在另一个页面或另一个人那里打开一个码，这里就会列出。' : ''
    const box = make('div', { class: 'preview-scan' },
      make('h2', {}, '模拟扫码'), paste, problem,
      make('h3', {}, '正在展示的码'), nothing ? make('p', {}, nothing) : list,
      makeButton('选一张码的图片', 'preview-secondary', () => void usePicture()),
      makeButton('取消', 'preview-secondary', () => answer(undefined)))
    const close = openMask(box, { label: '模拟扫码', isBottom: true, onOutside: () => answer(undefined) })
  })
}

function codeButton(text: string, page: string, at: number, onClick: () => void): HTMLButtonElement {
  const button = makeButton('', 'preview-code', onClick)
  const time = new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  button.append(make('b', {}, `${page} · ${time}`), make('span', {}, text))
  return button
}
