import { drawCode } from './draw-code'
import { drawWords } from './draw-words'
import type { Pen } from './pen'
import { colours, type CutLine, type Mark, type Plan } from './plan'
import { dots } from './sheet'

/** Draws a plan on a white sheet. `pictures` are those that the plan names, loaded, by their paths. */
export function drawPlan(pen: Pen, plan: Plan, pictures: ReadonlyMap<string, unknown>): void {
  pen.fillStyle = colours.white
  pen.fillRect(0, 0, plan.width, plan.height)
  for (const mark of plan.marks) draw(pen, mark, pictures)
}

function draw(pen: Pen, mark: Mark, pictures: ReadonlyMap<string, unknown>): void {
  switch (mark.kind) {
    case 'fill':
      pen.fillStyle = mark.colour
      return pen.fillRect(mark.x, mark.y, mark.width, mark.height)
    case 'cut line':
      return drawCutLine(pen, mark)
    case 'words':
      return drawWords(pen, mark)
    case 'code':
      return drawCode(pen, mark)
    case 'picture':
      return pen.drawImage(pictures.get(mark.path), mark.x, mark.y, mark.width, mark.height)
  }
}

function drawCutLine(pen: Pen, { from, to }: CutLine): void {
  pen.strokeStyle = colours.muted
  pen.lineWidth = dots(0.2)
  pen.setLineDash([dots(2), dots(1.5)])
  pen.beginPath()
  pen.moveTo(from.x, from.y)
  pen.lineTo(to.x, to.y)
  pen.stroke()
}
