import { colours, fill, words, type Area, type Mark, type Plan } from './plan'
import { dots, sheet } from './sheet'

export interface PostedStation {
  name: string
  place: string
  poster_text: string
}

const margin = dots(15)
const codeWidth = dots(105)
const steps = ['打开微信，扫一扫上面的码', '抽一张任务卡，或者挑一件', '做好了交上去，看过就有积分']

/** A station's poster; `code` is the picture of its mini-program code. */
export function stationPoster({ name, place, poster_text }: PostedStation, community: string, code: string): Plan {
  return {
    ...sheet,
    marks: [
      fill(colours.brand, { x: 0, y: 0, width: sheet.width, height: dots(36) }),
      words('微任务认领区', dots(15), across(8, 20), { colour: colours.white, align: 'center', bold: true }),
      words(name, dots(24), across(42, 34), { align: 'center', bold: true }),
      words(poster_text, dots(8.5), across(77, 23), { colour: colours.goldDark, align: 'center' }),
      ...framed(code, dots(107)),
      words(place, dots(9), across(219, 13), { align: 'center', bold: true }),
      ...steps.flatMap((step, index) => stepMarks(step, index + 1, 235 + 13 * index)),
      words(community, dots(6), across(279, 10), { colour: colours.muted, align: 'center' }),
    ],
  }
}

/** Over the sheet's width, from and for so many millimetres. */
const across = (from: number, height: number): Area => ({ x: margin, y: dots(from), width: sheet.width - 2 * margin, height: dots(height) })

function framed(code: string, y: number): Mark[] {
  const area = { x: Math.round((sheet.width - codeWidth) / 2), y, width: codeWidth, height: codeWidth }
  return [fill(colours.gold, widened(area, dots(4))), fill(colours.white, widened(area, dots(3))), { kind: 'picture', path: code, ...area }]
}

const widened = ({ x, y, width, height }: Area, by: number): Area => ({ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by })

function stepMarks(step: string, number: number, from: number): Mark[] {
  const line = { y: dots(from), height: dots(12) }
  return [
    words(String(number), dots(11), { ...line, x: dots(36), width: dots(10) }, { colour: colours.brand, align: 'center', bold: true }),
    words(step, dots(9.5), { ...line, x: dots(50), width: dots(136) }),
  ]
}
