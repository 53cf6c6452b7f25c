import { beforeEach, expect, test, vi } from 'vitest'
import { isLogin, Phone, type Reply } from './support/phone'

let download: typeof import('../../src/services/files').download

beforeEach(async () => {
  vi.resetModules()
  ;({ download } = await import('../../src/services/files'))
})

const workbook: Reply = { status: 200, data: 'workbook' }

function phone(...replies: Reply[]): Phone {
  return new Phone((request) => (isLogin(request) ? { status: 201, data: { token: 'token' } } : (replies.shift() ?? workbook)))
}

test('a download whose session has ended logs in anew, whatever the answer holds', async () => {
  for (const data of [{ code: 'auth.required', detail: '请登录' }, '<html>Unauthorized</html>']) {
    const used = phone({ status: 401, data })
    const path = await download('/regions/1/points.xlsx')
    expect(used.files.get(path)).toBe('workbook')
    expect(used.logins).toBe(2)
  }
})

test('a refused download says why', async () => {
  phone({ status: 409, data: { code: 'export.busy', detail: '正在生成，请过一会儿再来' } })
  await expect(download('/regions/1/points.xlsx')).rejects.toMatchObject({ status: 409, code: 'export.busy', detail: '正在生成，请过一会儿再来' })
})

test('a download without a signal could not be opened', async () => {
  phone('lost')
  await expect(download('/regions/1/points.xlsx')).rejects.toMatchObject({ code: 'network.lost', detail: expect.stringContaining('没能打开') })
})
