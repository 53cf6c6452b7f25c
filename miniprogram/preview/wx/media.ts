import { chooseFiles } from '../dialogs/choose-files'
import { viewImages } from '../dialogs/image-viewer'
import { showToast } from '../dialogs/toast'
import { surroundings } from '../surroundings'
import { allAsynchronous, WxFailure, type Context } from './api'
import { fileAt, keepFile } from './files'
import { needPermission } from './permissions'
import { requirePrivacy } from './privacy'
import { saveFile } from './save-file'

interface ChooseOptions { count?: number, mediaType?: string[], sourceType?: string[] }
interface MessageFileOptions { count: number, type?: string, extension?: string[] }
interface PreviewOptions { urls: string[], current?: string | number }

const defaultCount = 9

export function createMedia({ calls }: Context): object {
  return allAsynchronous(calls, {
    async chooseMedia({ count = defaultCount, mediaType = ['image'], sourceType = [] }: ChooseOptions) {
      await requirePrivacy('chooseMedia')
      if (!mediaType.includes('image') && !mediaType.includes('mix')) throw new Error('the preview chooses pictures only')
      const files = await chooseFiles('image/*', { isMultiple: count > 1, fromCamera: sourceType.join() === 'camera' })
      if (!files) throw new WxFailure('cancel')
      return { type: 'image', tempFiles: files.slice(0, count).map((file) => ({ tempFilePath: keepFile(file), size: file.size, fileType: 'image' })) }
    },
    /** The files of this computer stand for those of the person's chats. */
    async chooseMessageFile({ count, type = 'all', extension = [] }: MessageFileOptions) {
      await requirePrivacy('chooseMessageFile')
      const accept = type === 'image' ? 'image/*' : extension.map((one) => `.${one.replace(/^\./, '')}`).join()
      const files = await chooseFiles(accept, { isMultiple: count > 1 })
      if (!files) throw new WxFailure('cancel')
      return { tempFiles: files.slice(0, count).map((file) => ({ path: keepFile(file), size: file.size, name: file.name, type: kindOf(file), time: Math.floor(file.lastModified / 1000) })) }
    },
    previewImage({ urls, current }: PreviewOptions) {
      const first = typeof current === 'number' ? current : urls.indexOf(current ?? '')
      viewImages(urls.map((url) => surroundings.server.resolve(url)), first)
    },
    async saveImageToPhotosAlbum({ filePath }: { filePath: string }) {
      await requirePrivacy('saveImageToPhotosAlbum')
      await needPermission('scope.writePhotosAlbum')
      const file = fileAt(filePath)
      if (!file) throw new Error('file not found')
      saveFile(file, 'picture')
    },
    async setClipboardData({ data }: { data: string }) {
      await requirePrivacy('setClipboardData')
      await copy(data)
      showToast({ title: '内容已复制', icon: 'none' })
    },
  })
}

const kindOf = ({ type }: File): string => /^(image|video)\//.exec(type)?.[1] ?? 'file'

/** A browser may refuse its clipboard to a page that is not in front or not on a secure address. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    throw new WxFailure('the browser refuses its clipboard')
  }
}
