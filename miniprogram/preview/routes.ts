export interface Target { route: string, options: Record<string, string> }

/**
 * A page's address as WeChat reads it: relative to the page that is open, and the values as they were written (a page
 * decodes what it has encoded).
 */
export function parseUrl(url: string, pages: string[], openRoute: string | undefined): Target {
  const [path = '', query = ''] = splitOnce(url, '?')
  const base = `http://preview/${openRoute ?? ''}`
  const route = decodeURI(new URL(path, base).pathname).replace(/^\//, '')
  if (!pages.includes(route)) throw new Error(`page "${route}" is not found`)
  return { route, options: parseQuery(query) }
}

export function formatUrl({ route, options }: Target): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${value}`).join('&')
  return query ? `${route}?${query}` : route
}

function parseQuery(query: string): Record<string, string> {
  const parts = query.split('&').filter(Boolean).map((part) => splitOnce(part, '='))
  return Object.fromEntries(parts.map(([name = '', value = '']) => [name, value]))
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}
