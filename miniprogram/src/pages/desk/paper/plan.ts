/** What is to stand on a sheet; everything in dots from its upper left corner. */
export interface Plan {
  width: number
  height: number
  marks: Mark[]
}

export type Mark = Fill | CutLine | Words | Code | Picture

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export interface Fill extends Area {
  kind: 'fill'
  colour: string
}

/** A line to cut along. */
export interface CutLine {
  kind: 'cut line'
  from: { x: number; y: number }
  to: { x: number; y: number }
}

/** Text in the middle of its area, as large as `size`, or smaller where that does not fit. */
export interface Words extends Area {
  kind: 'words'
  text: string
  size: number
  colour: string
  align: 'left' | 'center'
  bold: boolean
}

/** A text as a QR code. */
export interface Code extends Area {
  kind: 'code'
  text: string
}

/** A picture of this phone, by its path. */
export interface Picture extends Area {
  kind: 'picture'
  path: string
}

type Look = Partial<Pick<Words, 'colour' | 'align' | 'bold'>>

export const words = (text: string, size: number, area: Area, look: Look = {}): Words => ({
  kind: 'words',
  text,
  size,
  colour: colours.ink,
  align: 'left',
  bold: false,
  ...area,
  ...look,
})

export const fill = (colour: string, area: Area): Fill => ({ kind: 'fill', colour, ...area })

/** Those of page-frame, which a canvas cannot read. */
export const colours = { brand: '#b3131b', gold: '#c9962b', goldDark: '#6f4a00', ink: '#1f1a14', muted: '#5f574d', white: '#ffffff' }
