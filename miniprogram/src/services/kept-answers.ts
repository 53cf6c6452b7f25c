/**
 * The last answers to what pages ask for again and again, by the whole request, with the ETag that tells
 * whether they still hold: wx.request asks no such thing by itself. They are kept in memory only.
 */
export interface KeptAnswer {
  etag: string
  /** As text, so that a page that changes what it got changes it for nobody else. */
  text: string
}

const kept = new Map<string, KeptAnswer>()

const most = 20

/** What tells requests apart: the person too, by the session and the card in use. */
export const requestKey = (url: string, headers: Record<string, string>): string =>
  JSON.stringify([url, headers.Authorization, headers['X-Card']])

export const keptAnswer = (key: string): KeptAnswer | undefined => kept.get(key)

/** Keeps an answer that came with an ETag; the one that was not asked for longest makes room. */
export function keepAnswer(key: string, data: unknown, headers: Record<string, string> = {}): void {
  kept.delete(key)
  const etag = Object.entries(headers).find(([name]) => name.toLowerCase() === 'etag')?.[1]
  if (!etag) return
  kept.set(key, { etag, text: JSON.stringify(data) })
  const [oldest] = kept.keys()
  if (kept.size > most && oldest !== undefined) kept.delete(oldest)
}
