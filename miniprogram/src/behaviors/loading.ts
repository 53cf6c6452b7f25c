import { sentenceOf } from '../services/api-error'

/** What page-frame shows: a sign that something comes, the content, or what went wrong with a way out. */
export interface Loading {
  state: 'loading' | 'ready' | 'failed'
  failure: string
}

export const loading: Loading = { state: 'loading', failure: '' }

interface Shown {
  data: Loading
  setData(data: object): void
}

/** How many loads each page has begun. */
const begun = new WeakMap<object, number>()

/**
 * Loads what a page shows into its data. While content is on show it stays until the new has come; a failure
 * then is told in passing and does not take the old content away. Of several loads of a page the last one
 * counts, whichever is answered first.
 */
export async function loadInto<Content extends object>(page: Shown, load: () => Promise<Content>): Promise<void> {
  const turn = (begun.get(page) ?? 0) + 1
  begun.set(page, turn)
  const isLast = () => begun.get(page) === turn
  if (page.data.state === 'failed') page.setData({ state: 'loading' })
  try {
    const content = await load()
    if (isLast()) page.setData({ ...content, state: 'ready', failure: '' })
  } catch (error) {
    if (isLast()) tell(page, sentenceOf(error))
  } finally {
    if (isLast()) void wx.stopPullDownRefresh()
  }
}

function tell(page: Shown, failure: string): void {
  if (page.data.state === 'ready') void wx.showToast({ title: failure, icon: 'none', duration: 3000 })
  else page.setData({ state: 'failed', failure })
}
