import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import type { Asking } from '../../../services/contract/notice'
import { asking, askToTell } from '../../../services/telling'

interface Row {
  id: string
  name: string
  left: string
}

Page({
  data: { ...loading, busy: false, rows: [] as Row[] },
  onShow() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => ({ rows: toRows(await asking()) }))
  },
  /** WeChat asks only right in a tap, so nothing comes before it. */
  async ask(event: WechatMiniprogram.TouchEvent) {
    const agreed = await send(this, async () => (await askToTell([String(event.currentTarget.dataset.id)])) ?? 'refused')
    if (agreed === 'refused') await offerSettings()
    else if (agreed) this.setData({ rows: toRows(agreed) })
  },
})

/** WeChat no longer asks who once told it to keep a refusal: only its settings change that. */
async function offerSettings() {
  const { confirm } = await wx.showModal({
    title: '没有打开提醒',
    content: '不要紧，消息都在「我的消息」里。想在微信里收，请到设置里打开「订阅消息」，再回来点一次。',
    confirmText: '去设置',
    cancelText: '不用了',
  })
  if (confirm) void wx.openSetting({ withSubscriptions: true })
}

const toRows = ({ templates }: Asking): Row[] =>
  templates.map(({ template_id, name, remaining, long_term }) => ({ id: template_id, name, left: leftText(remaining, long_term) }))

function leftText(remaining: number, isLongTerm: boolean): string {
  if (!remaining) return '现在不发到微信'
  return isLongTerm ? '一直会发到微信' : `还会发${remaining}条到微信`
}
