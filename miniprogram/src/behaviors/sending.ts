import { sentenceOf } from '../services/api-error'

interface Sender {
  data: { busy: boolean }
  setData(data: { busy: boolean }): void
}

/**
 * Does a write that a person asked for by a tap: one at a time, with `busy` set while it is under way. Says
 * `done` when the server has said so, and never before; a refusal is shown in a box that stays until it is
 * read. Gives what `act` gave, or undefined after a refusal.
 */
export async function send<Answer>(page: Sender, act: () => Promise<Answer>, done = ''): Promise<Answer | undefined> {
  if (page.data.busy) return undefined
  page.setData({ busy: true })
  try {
    const answer = await act()
    if (done) void wx.showToast({ title: done, icon: 'none', duration: 2500 })
    return answer
  } catch (error) {
    void wx.showModal({ title: '没有办成', content: sentenceOf(error), showCancel: false, confirmText: '知道了' })
    return undefined
  } finally {
    page.setData({ busy: false })
  }
}

/** Asks before something that cannot be taken back. */
export async function sure(title: string, content: string, confirmText = '确定'): Promise<boolean> {
  const { confirm } = await wx.showModal({ title, content, confirmText, cancelText: '再想想' })
  return confirm
}

/** Asks for a sentence, such as a reason; undefined when the person leaves it. */
export async function askSentence(title: string, placeholderText: string): Promise<string | undefined> {
  const { confirm, content } = await wx.showModal({ title, placeholderText, editable: true, confirmText: '确定', cancelText: '取消' })
  return confirm ? (content ?? '').trim() : undefined
}
