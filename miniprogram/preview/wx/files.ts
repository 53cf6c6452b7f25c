/** Files that the app holds: by a temporary path, which is a blob: address, or by a path of its own below userDataPath. */
const files = new Map<string, Blob>()

export const userDataPath = 'http://usr'

export function keepFile(file: Blob): string {
  const path = URL.createObjectURL(file)
  files.set(path, file)
  return path
}

/** Only until the preview is closed, other than in WeChat. */
export function keepFileAs(path: string, file: Blob): void {
  if (!path.startsWith(`${userDataPath}/`)) throw new Error(`permission denied, open ${path}`)
  files.set(path, file)
}

export function fileAt(path: string): Blob | undefined {
  return files.get(path)
}

/** What a picture or a sound can be loaded from. */
export function addressOfFile(path: string): string | undefined {
  const file = path.startsWith(userDataPath) ? files.get(path) : undefined
  return file && URL.createObjectURL(file)
}
