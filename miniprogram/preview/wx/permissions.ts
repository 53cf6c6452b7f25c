import { make, makeButton } from '../markup'
import { openMask } from '../dialogs/mask'
import { showModal } from '../dialogs/modal'
import type { Session } from '../session'
import { surroundings } from '../surroundings'
import { allAsynchronous, type Context } from './api'

const questions: Record<string, string> = {
  'scope.userLocation': '获取你的位置信息',
  'scope.writePhotosAlbum': '保存图片到你的相册',
  'scope.camera': '使用你的摄像头',
  'scope.record': '使用你的麦克风',
}

export function createPermissions({ session, calls }: Context): object {
  return {
    getAppAuthorizeSetting: () => ({ albumAuthorized: 'authorized', cameraAuthorized: 'authorized', locationAuthorized: 'authorized', microphoneAuthorized: 'authorized', notificationAuthorized: 'authorized' }),
    ...allAsynchronous(calls, {
      getSetting: () => ({ authSetting: authSetting(session), subscriptionsSetting: { mainSwitch: true } }),
      openSetting: () => openSetting(),
      authorize: ({ scope }: { scope: string }) => needPermission(scope),
    }),
  }
}

function authSetting(session: Session): Record<string, boolean> {
  const decided = Object.entries(session.permissions()).filter(([, permission]) => permission !== 'unasked')
  return Object.fromEntries(decided.map(([scope, permission]) => [scope, permission === 'granted']))
}

/** Asks the first time; a refusal stays until the settings are opened, as in WeChat. */
export async function needPermission(scope: string): Promise<void> {
  const { session } = surroundings
  const question = questions[scope]
  if (!question) throw new Error('invalid scope')
  if (session.permission(scope) === 'unasked') {
    const { confirm } = await showModal({ title: '申请授权', content: `小程序想${question}`, cancelText: '拒绝', confirmText: '允许' })
    session.setPermission(scope, confirm ? 'granted' : 'refused')
  }
  if (session.permission(scope) === 'refused') throw new Error('auth deny')
}

/** WeChat's page of settings: what has been asked for can be switched. */
export function openSetting(): Promise<{ authSetting: Record<string, boolean> }> {
  const { session } = surroundings
  return new Promise((resolve) => {
    const rows = Object.entries(session.permissions()).map(([scope, permission]) => {
      const input = make('input', { type: 'checkbox' })
      input.checked = permission === 'granted'
      input.addEventListener('change', () => session.setPermission(scope, input.checked ? 'granted' : 'refused'))
      return make('p', {}, make('label', {}, input, ` ${questions[scope] ?? scope}`))
    })
    const content = rows.length > 0 ? rows : [make('p', {}, '小程序还没有申请过授权')]
    const answer = () => {
      close()
      resolve({ authSetting: authSetting(session) })
    }
    const box = make('div', { class: 'preview-modal' }, make('h2', {}, '设置'), ...content, make('div', { class: 'preview-modal-buttons' }, makeButton('返回小程序', 'preview-confirm', answer)))
    const close = openMask(box, { label: '设置', onOutside: answer })
  })
}
