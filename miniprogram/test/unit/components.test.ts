// @vitest-environment jsdom
import { beforeAll, describe, expect, test } from 'vitest'
import { render, translated, words } from './support/components'

let folder: string
beforeAll(() => {
  folder = translated()
})

describe('star-tag', () => {
  test('names the star', () => expect(words(render(folder, 'star-tag', { star: 'safety_law' }))).toBe('平安法治'))
  test('says nothing of a star it does not know', () => expect(words(render(folder, 'star-tag', { star: 'sixth' }))).toBe(''))
})

describe('bar-chart', () => {
  const bars = [
    { label: '生态宜居', value: 40 },
    { label: '平安法治', value: 10 },
    { label: '支部过硬', value: 0 },
  ]
  test('says each figure in words', () =>
    expect(words(render(folder, 'bar-chart', { bars, unit: '分' }))).toBe('生态宜居40分平安法治10分支部过硬0分'))
  test('draws the largest over the whole width and the others in proportion', () => {
    const { shown } = render(folder, 'bar-chart', { bars }).instance.data as { shown: { percent: number }[] }
    expect(shown.map(({ percent }) => percent)).toEqual([100, 25, 0])
  })
  test('draws nothing but zeros without dividing by zero', () => {
    const { shown } = render(folder, 'bar-chart', { bars: [{ label: '支部过硬', value: 0 }] }).instance.data as { shown: { percent: number }[] }
    expect(shown[0].percent).toBe(0)
  })
})

describe('empty-note', () => {
  test('says what is empty and what to do', () =>
    expect(words(render(folder, 'empty-note', { text: '还没有任务', hint: '过两天再来看看' }))).toBe('还没有任务过两天再来看看'))
})

describe('qr-code', () => {
  test('draws another picture for another text, and none for no text', () => {
    const source = (text: string) => render(folder, 'qr-code', { text }).instance.data.source as string
    expect(source('一')).toMatch(/^data:image\/gif;base64,/)
    expect(source('一')).not.toBe(source('二'))
    expect(source('')).toBe('')
  })
})

describe('photo-row', () => {
  const photo = (id: string, label?: string) => ({ id, url: `/files/${id}`, thumb_url: `/files/${id}/thumb`, label })
  test('says when a photo was taken, and shows nothing where there is none', () => {
    expect(words(render(folder, 'photo-row', { photos: [photo('1', 'before'), photo('2', 'after'), photo('3')] }))).toBe('之前之后')
    expect(render(folder, 'photo-row', { photos: [] }).querySelectorAll('.photo')).toHaveLength(0)
  })
  test('names the server in addresses that leave it out', () => {
    const { shown } = render(folder, 'photo-row', { photos: [photo('1')] }).instance.data as { shown: { url: string; thumb: string }[] }
    expect(shown[0].url).toMatch(/^https?:\/\/[^/]+\/files\/1$/)
    expect(shown[0].thumb).toMatch(/\/files\/1\/thumb$/)
  })
})
