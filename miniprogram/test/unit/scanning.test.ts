import { describe, expect, test, vi } from 'vitest'
import { decoded, readScan, scanText, stationOfScene } from '../../src/services/scanning'

const id = '01JD0000000000000000000000'
const token = 'A'.repeat(40) + '_-9'

describe('what a scanned text leads to', () => {
  test.each([
    ['a station\'s mini-program code', `pages/task/station/index?scene=s%3D${id}`, { kind: 'page', url: `/pages/task/station/index?id=${id}` }],
    ['with a slash and not encoded', `/pages/task/station/index?scene=s=${id}`, { kind: 'page', url: `/pages/task/station/index?id=${id}` }],
    ['an activity\'s code', `FS1:A:${id}:ABCD2345`, { kind: 'page', url: `/pages/team/checkin/index?id=${id}&code=FS1:A:${id}:ABCD2345` }],
    ['a printed ticket', `https://example.org/tickets/${id}`, { kind: 'page', url: `/pages/ticket/detail/index?id=${id}` }],
    ['a card', `FS1:C:${token}`, { kind: 'card', token }],
    ['a certificate', 'https://example.org/certificates/ABCDEFGHIJKLMN23', { kind: 'page', url: '/pages/figures/check/index?number=ABCDEFGHIJKLMN23' }],
    ['a card\'s token alone, with a space around it', ` ${token}\n`, { kind: 'card', token }],
    ['a redemption\'s code', 'FS1:R:1234567890', { kind: 'page', url: '/pages/reward/fulfil/index?code=1234567890' }],
    ['ten digits typed as they are read out', '123 456 7890', { kind: 'page', url: '/pages/reward/fulfil/index?code=1234567890' }],
    ['a personal code', `FS1:P:${id}:ABCD2345`, { kind: 'personal' }],
  ])('%s', (_, text, wanted) => expect(readScan(text)).toEqual(wanted))

  test.each([
    '', '*', 'hello', 'https://example.org/', `https://example.org/tickets/${id}x`, `https://example.org/tickets/../${id}`, `javascript:/tickets/${id}`,
    `pages/task/station/index?scene=s%3D${id}%26url%3Dx`, `pages/task/station/index?scene=%E0%A4%A`, `pages/home/index?scene=s%3D${id}`,
    `FS1:A:${id}:ABCD2345&url=x`, `FS1:A:short:ABCD2345`, `FS1:C:${token}x`, `FS1:X:${token}`, 'FS1:R:123456789', 'FS1:R:1234567890&url=x', '13800000998',
  ])('nothing of ours: %s', (text) => expect(readScan(text)).toEqual({ kind: 'unknown' }))
})

describe('the scanner', () => {
  const showModal = vi.fn()
  const scanner = (agrees: boolean, scanCode: () => Promise<object>) =>
    vi.stubGlobal('wx', {
      requirePrivacyAuthorize: ({ success, fail }: { success(): void; fail(): void }) => (agrees ? success() : fail()),
      scanCode,
      showModal: showModal.mockClear(),
    })
  const failing = (errMsg: string) => () => Promise.reject({ errMsg })

  test('gives what it read', async () => {
    scanner(true, () => Promise.resolve({ result: 'text' }))
    expect(await scanText()).toBe('text')
  })

  test('gives nothing to whoever leaves it, and says nothing', async () => {
    scanner(true, failing('scanCode:fail cancel'))
    expect(await scanText()).toBeUndefined()
    expect(showModal).not.toHaveBeenCalled()
  })

  test.each([
    ['the person does not agree', false, () => Promise.resolve({ result: 'text' })],
    ['the camera fails', true, failing('scanCode:fail')],
  ])('says that there is nothing when %s', async (_, agrees, scanCode) => {
    scanner(agrees, scanCode)
    expect(await scanText()).toBeUndefined()
    expect(showModal).toHaveBeenCalledTimes(1)
  })
})

test('a scene names a station only when the whole of it does', () => {
  expect(stationOfScene(`s%3D${id}`)).toBe(id)
  expect(stationOfScene(`s=${id}`)).toBe(id)
  expect(stationOfScene(id)).toBe('')
  expect(stationOfScene('')).toBe('')
})

test('an option that is not well encoded stays as it is', () => {
  expect(decoded('%E4%BD%A0')).toBe('你')
  expect(decoded('%E4%')).toBe('%E4%')
  expect(decoded()).toBe('')
})
