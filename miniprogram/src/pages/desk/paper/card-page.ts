import { colours, words, type Area, type CutLine, type Mark, type Plan } from './plan'
import { dots, sheet } from './sheet'

export interface PrintedCard {
  name: string
  /** What the card's QR code holds. */
  qrText: string
}

// As on the page that a browser prints: two cards of 90 by 54 mm beside each other, five rows.
const columns = 2
const card = { width: dots(90), height: dots(54) }
const left = Math.round((sheet.width - columns * card.width) / 2)
const top = Math.round((sheet.height - 5 * card.height) / 2)
const padding = dots(4)
const codeWidth = dots(36)

/** Up to ten cards on a sheet, with lines to cut along. */
export function cardPage(community: string, cards: PrintedCard[]): Plan {
  return { ...sheet, marks: [...cards.flatMap((one, index) => marksOf(one, community, placeOf(index))), ...cutLines(cards.length)] }
}

const placeOf = (index: number): Area => ({
  x: left + (index % columns) * card.width,
  y: top + Math.floor(index / columns) * card.height,
  ...card,
})

function marksOf({ name, qrText }: PrintedCard, community: string, place: Area): Mark[] {
  const x = place.x + padding
  const width = place.width - 3 * padding - codeWidth
  const line = (from: number, height: number): Area => ({ x, y: place.y + dots(from), width, height: dots(height) })
  return [
    words('乐享卡', dots(4.5), line(6, 6), { colour: colours.brand, bold: true }),
    words(name, dots(9), line(13, 13), { bold: true }),
    words(community, dots(3.6), line(28, 6), { colour: colours.muted }),
    words('请志愿者扫一扫，\n就能签到、领任务、点单', dots(3.4), line(36, 11)),
    {
      kind: 'code',
      text: qrText,
      x: place.x + place.width - padding - codeWidth,
      y: place.y + Math.round((place.height - codeWidth) / 2),
      width: codeWidth,
      height: codeWidth,
    },
  ]
}

/** They run past the cards, so that a ruler can be laid on them. */
function cutLines(cards: number): CutLine[] {
  const rows = Math.ceil(cards / columns)
  const past = dots(6)
  const right = left + columns * card.width
  const bottom = top + rows * card.height
  const across = upTo(rows).map((row) => top + row * card.height)
  const down = upTo(columns).map((column) => left + column * card.width)
  return [
    ...across.map((y): CutLine => ({ kind: 'cut line', from: { x: left - past, y }, to: { x: right + past, y } })),
    ...down.map((x): CutLine => ({ kind: 'cut line', from: { x, y: top - past }, to: { x, y: bottom + past } })),
  ]
}

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, index) => index)
