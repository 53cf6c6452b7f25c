/** A4 upright at 300 dots an inch, in dots. WeChat's canvas takes up to 4096 each way. */
export const sheet = { width: 2480, height: 3508 }

export const dots = (millimetres: number): number => Math.round((millimetres * 300) / 25.4)
