/** Gives a file to the browser, which saves it; without a type the suffix is that of the file's own type. */
export function saveFile(file: Blob, name: string, type?: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(file)
  link.href = address
  link.download = `${name}${type ? `.${type}` : suffixOf(file.type)}`
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const suffixes: Record<string, string> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
}

function suffixOf(type: string): string {
  return suffixes[type.split(';')[0] ?? ''] ?? ''
}
