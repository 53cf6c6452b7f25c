/**
 * Which page a mini-program code opens, by how its scene begins. The simulated WeChat draws only the scene, for WeChat
 * alone can draw round codes; the pages are those that the server asks for.
 */
const pages: [start: string, page: string][] = [
  ['s=', 'pages/task/station/index'],
]

/** The path with scene that WeChat gives for a mini-program code, undefined for any other code. */
export function pathOfCode(text: string): string | undefined {
  const page = pages.find(([start]) => text.startsWith(start))?.[1]
  return page && `${page}?scene=${encodeURIComponent(text)}`
}
