import { allAsynchronous, type Context } from './api'
import { fileAt, userDataPath } from './files'
import { saveFile } from './save-file'

interface OpenOptions { filePath: string, fileType?: string }
interface ShareOptions { filePath: string, fileName?: string }

const types = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf'])

export function createDocuments({ calls }: Context): object {
  return allAsynchronous(calls, {
    openDocument({ filePath, fileType }: OpenOptions) {
      const file = fileAt(filePath)
      if (!file) throw new Error('file doesn\'t exist')
      const [, name = '', suffix] = /([^/]*?)(?:\.([a-z]+))?$/i.exec(filePath) ?? []
      const type = fileType ?? suffix
      if (type && !types.has(type)) throw new Error(`filetype not supported: ${type}`)
      saveFile(file, filePath.startsWith(userDataPath) ? name : 'document', type)
    },
    /** In place of a chat, the browser keeps the file. */
    shareFileMessage({ filePath, fileName }: ShareOptions) {
      const file = fileAt(filePath)
      if (!file) throw new Error('file doesn\'t exist')
      const [, name = '', type] = /([^/]*?)(?:\.([a-z]+))?$/i.exec(fileName ?? filePath) ?? []
      saveFile(file, name, type)
    },
  })
}
