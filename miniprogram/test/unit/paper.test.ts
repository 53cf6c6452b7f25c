import jsQR from 'jsqr'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/components/qr-code/code-of'
import { breakLines } from '../../src/pages/desk/paper/break-lines'
import { cardPage } from '../../src/pages/desk/paper/card-page'
import { drawPlan } from '../../src/pages/desk/paper/draw-plan'
import { drawWords } from '../../src/pages/desk/paper/draw-words'
import type { Area, Mark, Plan, Words } from '../../src/pages/desk/paper/plan'
import { words } from '../../src/pages/desk/paper/plan'
import { dots, sheet } from '../../src/pages/desk/paper/sheet'
import { stationPoster } from '../../src/pages/desk/paper/station-poster'
import { NotingPen } from './support/ink'

const letters = (text: string) => Array.from(text, (letter) => ({ text: letter, width: 1 }))
const qrText = (index: number) => `FS1:C:${String(index).repeat(43)}`
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `样例${index}`, qrText: qrText(index) }))
const areasOf = ({ marks }: Plan): Exclude<Mark, { kind: 'cut line' }>[] => marks.filter((mark) => mark.kind !== 'cut line')
const isInside = (inner: Area, outer: Area) =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
const areApart = (one: Area, other: Area) =>
  one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y
const whole: Area = { x: 0, y: 0, ...sheet }

function drawn(plan: Plan, pictures = new Map<string, unknown>()): NotingPen {
  const pen = new NotingPen()
  drawPlan(pen, plan, pictures)
  return pen
}

test('a sheet is A4 at 300 dots an inch, within what a canvas takes', () => {
  expect([sheet.width, sheet.height]).toEqual([dots(210), dots(297)])
  expect(Math.max(sheet.width, sheet.height)).toBeLessThanOrEqual(4096)
})

describe('lines', () => {
  test.each([
    ['nothing', '', 3, ['']],
    ['as many as fit', '一二三四五', 3, ['一二三', '四五']],
    ['no closing mark first', '一二三，四', 3, ['一二', '三，四']],
    ['a break that is written', '一\n二三四五', 3, ['一', '二三四', '五']],
    ['a letter that is wider than the line', '一二', 0.5, ['一', '二']],
    ['a mark that has nothing to go with', '一，', 1, ['一', '，']],
  ])('%s', (_, text, width, lines) => expect(breakLines(letters(text), width)).toEqual(lines))
})

describe('words', () => {
  const area = { x: 100, y: 200, width: 400, height: 120 }
  const written = (text: string, look: Partial<Words> = {}) => {
    const pen = new NotingPen()
    drawWords(pen, words(text, 60, area, look))
    return pen.written
  }
  test('short ones are as large as asked, on the left or in the middle', () => {
    expect(written('样例')).toEqual([{ text: '样例', size: 60, left: 100, right: 220, top: 230, bottom: 290 }])
    expect(written('样例', { align: 'center' })[0]).toMatchObject({ left: 240, right: 360 })
  })
  test('a letter is never wider than its area', () => {
    const pen = new NotingPen()
    drawWords(pen, words('长', 60, { ...area, width: 40 }))
    expect(pen.written[0].right).toBeLessThanOrEqual(140)
  })
  test.each([1, 7, 20, 60, 200])('%i letters stay within their area', (count) => {
    const lines = written('长'.repeat(count))
    expect(lines.map(({ text }) => text).join('')).toBe('长'.repeat(count))
    for (const { left, right, top, bottom } of lines) {
      expect(isInside({ x: left, y: top, width: right - left, height: bottom - top }, area)).toBe(true)
    }
  })
})

describe('the page of cards', () => {
  test('holds ten, each within its part of the sheet, and nothing over another', () => {
    const areas = areasOf(cardPage('样例社区', people(10)))
    expect(areas.filter(({ kind }) => kind === 'code')).toHaveLength(10)
    for (const [index, area] of areas.entries()) {
      expect(isInside(area, whole)).toBe(true)
      expect(areas.slice(index + 1).every((other) => areApart(area, other))).toBe(true)
    }
  })
  test.each([
    [1, 2 + 3],
    [3, 3 + 3],
    [10, 6 + 3],
  ])('%i cards have %i lines to cut along', (count, lines) => {
    const plan = cardPage('样例社区', people(count))
    const cuts = drawn(plan).lines
    expect(cuts).toHaveLength(lines)
    for (const { from, to } of cuts) {
      expect(from[0] === to[0] || from[1] === to[1]).toBe(true)
      for (const area of areasOf(plan)) expect(areApart(area, { x: from[0], y: from[1], width: to[0] - from[0], height: to[1] - from[1] })).toBe(true)
    }
  })
  test('says whose each is, where and what for, and its code can be read', () => {
    const pen = drawn(cardPage('样例社区', people(2)))
    expect(pen.written.map(({ text }) => text)).toEqual(
      [0, 1].flatMap((index) => ['乐享卡', `样例${index}`, '样例社区', '请志愿者扫一扫，', '就能签到、领任务、点单']),
    )
    const codes = areasOf(cardPage('样例社区', people(2))).filter(({ kind }) => kind === 'code')
    expect(codes.map((area) => readCode(pen, area))).toEqual([qrText(0), qrText(1)])
  })
  test('draws codes as they are, not in a mirror', () => {
    const plan = cardPage('样例社区', people(1))
    const [area] = areasOf(plan).filter(({ kind }) => kind === 'code')
    const squares = drawn(plan).filled.filter(({ colour, ...square }) => colour === '#000000' && isInside(square, area))
    const left = Math.min(...squares.map(({ x }) => x))
    const top = Math.min(...squares.map(({ y }) => y))
    const code = codeOf(qrText(0))
    for (const { x, y, width, height } of squares) expect(code.isDark((y - top) / height, (x - left) / width)).toBe(true)
  })
  test('draws codes of whole dots, so that they are sharp', () => {
    for (const { x, y, width, height } of drawn(cardPage('样例社区', people(3))).filled) expect([x, y, width, height].every(Number.isInteger)).toBe(true)
  })
})

describe('the poster', () => {
  const station = { name: '义剪角', place: '门卫室旁', poster_text: '扫一扫，抽一张任务卡' }
  test('says which station, where, and what to do in three lines, around its code', () => {
    const pen = drawn(stationPoster(station, '样例社区', 'code.png'), new Map([['code.png', 'the picture']]))
    expect(pen.written.map(({ text }) => text)).toEqual([
      '微任务认领区', '义剪角', '扫一扫，抽一张任务卡', '门卫室旁', '1', '打开微信，扫一扫上面的码', '2', '抽一张任务卡，或者挑一件', '3', '做好了交上去，看过就有积分', '样例社区',
    ])
    expect(pen.pictures).toEqual([{ picture: 'the picture', x: 620, y: dots(107), width: dots(105), height: dots(105) }])
  })
  test('holds the longest that the server takes, nothing over another', () => {
    const longest = { name: '名'.repeat(60), place: '处'.repeat(100), poster_text: '话'.repeat(200) }
    const plan = stationPoster(longest, '社'.repeat(60), 'code.png')
    const apart = areasOf(plan).filter(({ kind }) => kind !== 'fill')
    for (const [index, area] of apart.entries()) {
      expect(isInside(area, whole)).toBe(true)
      expect(apart.slice(index + 1).every((other) => areApart(area, other))).toBe(true)
    }
    expect(Math.min(...drawn(plan).written.map(({ size }) => size))).toBeGreaterThan(dots(3.5))
  })
})

/** What a phone reads where a code was drawn. */
function readCode(pen: NotingPen, area: Area): string | undefined {
  const { width, height } = area
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const square of pen.filled.filter(({ colour, ...square }) => colour === '#000000' && isInside(square, area))) {
    for (let y = square.y; y < square.y + square.height; y += 1) {
      const start = (y - area.y) * width + square.x - area.x
      for (let dot = start; dot < start + square.width; dot += 1) pixels.fill(0, dot * 4, dot * 4 + 3)
    }
  }
  return jsQR(pixels, width, height)?.data
}
