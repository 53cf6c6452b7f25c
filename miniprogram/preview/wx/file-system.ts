import { allAsynchronous, type Context } from './api'
import { fileAt } from './files'

interface ReadOptions { filePath: string, encoding?: string }

/** Reading a file that the app holds; of WeChat's file system nothing more is here. */
export function createFileSystem({ calls }: Context): object {
  const manager = allAsynchronous(calls, {
    async readFile({ filePath, encoding }: ReadOptions) {
      const file = fileAt(filePath)
      if (!file) throw new Error(`no such file or directory, open ${filePath}`)
      if (encoding && encoding !== 'utf8') throw new Error(`the preview does not read ${encoding}`)
      return { data: encoding ? await file.text() : await file.arrayBuffer() }
    },
  })
  return { getFileSystemManager: () => manager }
}
