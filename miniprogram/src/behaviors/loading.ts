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

/**
 * Loads what a page shows into its data. While content is on show it stays until the new has come; a failure
 * then is told in passing and does not take the old content away.
 */
export async function loadInto<Content extends object>(page: Shown, load: () => Promise<Content>): Promise<void> {
  try {
    page.setData({ ...(await load()), state: 'ready', failure: '' })
  } catch (error) {
    if (page.data.state === 'ready') void wx.showToast({ title: sentenceOf(error), icon: 'none', duration: 3000 })
    else page.setData({ state: 'failed', failure: sentenceOf(error) })
  } finally {
    void wx.stopPullDownRefresh()
  }
}
