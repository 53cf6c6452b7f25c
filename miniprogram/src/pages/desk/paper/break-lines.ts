/** A letter and its width, for a type of size 1. */
export interface Letter {
  text: string
  width: number
}

const neverFirst = new Set('，。、：；！？」』）》…,.:;!?)')

/** Text as lines no wider than `width`, for a type of size 1; Chinese breaks anywhere but before closing marks. */
export function breakLines(letters: Letter[], width: number): string[] {
  const lines: Letter[][] = [[]]
  for (const letter of letters) {
    const line = lines[lines.length - 1]
    if (letter.text === '\n') lines.push([])
    else if (line.length === 0 || widthOf(line) + letter.width <= width) line.push(letter)
    else lines.push(neverFirst.has(letter.text) && line.length > 1 ? [...line.splice(-1), letter] : [letter])
  }
  return lines.map((line) => line.map(({ text }) => text).join(''))
}

const widthOf = (letters: Letter[]): number => letters.reduce((sum, { width }) => sum + width, 0)
