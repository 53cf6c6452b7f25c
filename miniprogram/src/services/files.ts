import type { components } from '../typings/contract'
import { ApiError } from './api-error'
import { helpingHeaders } from './helping'
import { forgetSession, sessionToken } from './session'
import { apiUrl, lost, queryText, refusal } from './wire'

export type FileLink = components['schemas']['FileLink']
export type RosterPreview = components['schemas']['RosterPreview']

/** Sends a picture of this phone. Rejects with ApiError. */
export async function uploadPhoto(filePath: string): Promise<FileLink> {
  return withSession((token) => uploadOnce<FileLink>('/files', filePath, token))
}

/** Sends a community's roster, to be told what its import would do. Rejects with ApiError. */
export async function previewRoster(regionId: string, filePath: string, fileName: string): Promise<RosterPreview> {
  const path = `/regions/${encodeURIComponent(regionId)}/roster/previews${queryText({ file_name: fileName })}`
  return withSession((token) => uploadOnce<RosterPreview>(path, filePath, token))
}

/** Fetches a workbook, a poster or a printed page to a file of this phone, and gives its path. */
export async function download(path: string, query: Record<string, unknown> = {}, fileName = ''): Promise<string> {
  return withSession((token) => downloadOnce(path, query, fileName, token))
}

async function withSession<Answer>(act: (token: string) => Promise<Answer>): Promise<Answer> {
  const token = await sessionToken()
  try {
    return await act(token)
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'auth.required')) throw error
    forgetSession(token)
    return act(await sessionToken())
  }
}

const headersOf = (token: string) => ({ Authorization: `Bearer ${token}`, ...helpingHeaders() })

function uploadOnce<Answer>(path: string, filePath: string, token: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url: apiUrl(path),
      filePath,
      name: 'file',
      header: headersOf(token),
      success: ({ statusCode, data }) => {
        if (statusCode === 201) resolve(JSON.parse(data) as Answer)
        else reject(refusal(statusCode, readable(data)))
      },
      fail: () => reject(lost('POST')),
    })
  })
}

function downloadOnce(path: string, query: Record<string, unknown>, fileName: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url: apiUrl(path) + queryText(query),
      header: headersOf(token),
      filePath: fileName ? `${wx.env.USER_DATA_PATH}/${fileName}` : undefined,
      success: ({ statusCode, tempFilePath, filePath }) => {
        const path = filePath || tempFilePath
        if (statusCode === 200) resolve(path)
        else void textOf(path).then((text) => reject(refusal(statusCode, readable(text))))
      },
      fail: () => reject(lost('GET')),
    })
  })
}

/** What stands in a file of this phone; '' when it cannot be read. */
function textOf(filePath: string): Promise<string> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().readFile({
      filePath,
      encoding: 'utf8',
      success: ({ data }) => resolve(String(data)),
      fail: () => resolve(''),
    })
  })
}

function readable(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined // a proxy's own page
  }
}
