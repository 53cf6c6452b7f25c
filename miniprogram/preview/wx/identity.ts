import { showModal } from '../dialogs/modal'
import { allAsynchronous, type Context } from './api'
import { failures } from './server-failure'

export function createIdentity({ session, calls }: Context): object {
  return allAsynchronous(calls, {
    login() {
      if (session.offline) throw failures.offline()
      return { code: `sim:${session.person}` }
    },
    checkSession() {},
    requestSubscribeMessage: ({ tmplIds }: { tmplIds: string[] }) => askSubscription(tmplIds),
  })
}

const mostTemplates = 3

async function askSubscription(templates: string[]): Promise<Record<string, string>> {
  if (templates.length > mostTemplates) throw new Error('The number of templates exceeds the maximum limit')
  const { confirm } = await showModal({ title: '订阅消息', content: `允许小程序发送${templates.length}种通知？\n${templates.join('\n')}`, cancelText: '拒绝', confirmText: '允许' })
  return Object.fromEntries(templates.map((template) => [template, confirm ? 'accept' : 'reject']))
}
