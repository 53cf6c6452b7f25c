import { surroundings } from '../surroundings'
import { asFailure, settle, type Callbacks, type Context } from './api'
import { fileAt, keepFile, keepFileAs } from './files'
import { failures, isHttp } from './server-failure'

interface UploadOptions extends Callbacks { url: string, filePath: string, name: string, header?: Record<string, string>, formData?: Record<string, unknown>, timeout?: number }
interface DownloadOptions extends Callbacks { url: string, filePath?: string, header?: Record<string, string>, timeout?: number }
interface Sending { method: string, url: string, header?: Record<string, string>, timeout?: number, responseType: XMLHttpRequestResponseType, body?: FormData }
type ProgressListener = (progress: { progress: number, totalBytesSent?: number, totalBytesWritten?: number, totalBytesExpectedToSend?: number, totalBytesExpectedToWrite?: number }) => void

const defaultTimeout = 60_000 // milliseconds

export function createTransfer({ calls, session }: Context): object {
  return {
    uploadFile(options: UploadOptions) {
      calls.note('uploadFile', options)
      const transfer = new Transfer(true)
      transfer.run('uploadFile', options, async () => {
        const answer = await transfer.send({ method: 'POST', url: options.url, header: options.header, timeout: options.timeout, responseType: 'text', body: formOf(options) }, session.offline)
        return { data: answer.responseText, statusCode: answer.status }
      })
      return transfer
    },
    downloadFile(options: DownloadOptions) {
      calls.note('downloadFile', options)
      const transfer = new Transfer(false)
      transfer.run('downloadFile', options, async () => {
        const answer = await transfer.send({ method: 'GET', url: options.url, header: options.header, timeout: options.timeout, responseType: 'blob' }, session.offline)
        return { ...keep(answer.response as Blob, options.filePath), statusCode: answer.status, header: headersOf(answer) }
      })
      return transfer
    },
  }
}

function keep(file: Blob, filePath: string | undefined): object {
  if (!filePath) return { tempFilePath: keepFile(file) }
  keepFileAs(filePath, file)
  return { filePath }
}

function formOf({ filePath, name, formData }: UploadOptions): FormData {
  const file = fileAt(filePath)
  if (!file) throw new Error('file not found')
  const form = new FormData()
  for (const [field, value] of Object.entries(formData ?? {})) form.append(field, String(value))
  form.append(name, file, file instanceof File ? file.name : 'file')
  return form
}

/** UploadTask and DownloadTask. fetch tells no progress of an upload, so it goes by XMLHttpRequest. */
class Transfer {
  private readonly request = new XMLHttpRequest()
  private readonly listeners = new Set<ProgressListener>()
  private isAborted = false

  constructor(private readonly isUpload: boolean) {}

  abort(): void {
    this.isAborted = true
    this.request.abort()
  }

  onProgressUpdate(listener: ProgressListener): void {
    this.listeners.add(listener)
  }

  offProgressUpdate(listener: ProgressListener): void {
    this.listeners.delete(listener)
  }

  run(name: string, callbacks: Callbacks, work: () => Promise<object>): void {
    Promise.resolve().then(work).then(
      (result) => settle(callbacks, true, { ...result, errMsg: `${name}:ok` }),
      (error: unknown) => settle(callbacks, false, asFailure(error).toResult(name)),
    )
  }

  send({ method, url, header, timeout, responseType, body }: Sending, isOffline: boolean): Promise<XMLHttpRequest> {
    return new Promise((resolve, reject) => {
      if (!isHttp(url)) throw failures.invalidUrl(url)
      if (isOffline) throw failures.offline()
      if (this.isAborted) throw failures.abort()
      const { request } = this
      request.open(method, surroundings.server.resolve(url))
      request.responseType = responseType
      request.timeout = timeout ?? defaultTimeout
      for (const [name, value] of Object.entries(header ?? {})) {
        // the browser itself writes the content type of a form, with its boundary
        if (!(body && name.toLowerCase() === 'content-type')) request.setRequestHeader(name, value)
      }
      request.onload = () => resolve(request)
      request.onerror = () => reject(failures.unreachable())
      request.ontimeout = () => reject(failures.timeout())
      request.onabort = () => reject(failures.abort())
      const moving: XMLHttpRequestEventTarget = this.isUpload ? request.upload : request
      moving.onprogress = (event) => this.tellProgress(event)
      request.send(body)
    })
  }

  private tellProgress({ loaded, total }: ProgressEvent): void {
    const progress = total ? Math.round((loaded / total) * 100) : 0
    const bytes = this.isUpload ? { totalBytesSent: loaded, totalBytesExpectedToSend: total } : { totalBytesWritten: loaded, totalBytesExpectedToWrite: total }
    for (const listener of this.listeners) listener({ progress, ...bytes })
  }
}

function headersOf(request: XMLHttpRequest): Record<string, string> {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/).filter(Boolean)
  return Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
    return [name, line.slice(colon + 1).trim()]
  }))
}
