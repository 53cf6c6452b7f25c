import { showModal } from '../dialogs/modal'
import { surroundings } from '../surroundings'
import type { MiniProgramNode } from '../glass-easel'

interface Shared { title?: string, path?: string, promise?: Promise<Shared> }

/** What WeChat would send to a friend; the preview only shows it. */
export async function shareTopPage(target: MiniProgramNode | undefined): Promise<void> {
  const page = surroundings.pages.top
  if (!page) return
  const answer = page.call('onShareAppMessage', { from: 'button', target: { id: target?.id, dataset: target?.dataset } }) as Shared | undefined
  const shared = await (answer?.promise ?? answer)
  const title = shared?.title ?? page.navigation.title
  const path = shared?.path ?? `/${page.route}`
  await showModal({ title: '转发给朋友', content: `${title}\n${path}`, showCancel: false, confirmText: '知道了' })
}
