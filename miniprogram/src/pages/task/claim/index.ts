import { loadInto, loading } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { abandonClaim, appealClaim, getClaim, putBackCard, submitClaim, type Claim } from '../../../services/contract/task'
import { me } from '../../../services/me'
import { toClaimView } from '../task-view'

interface Picked {
  ids: string[]
  waiting: number
}

type Label = 'any' | 'before' | 'after'

const none: Picked = { ids: [], waiting: 0 }

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    personId: '',
    claim: null as ReturnType<typeof toClaimView> | null,
    text: '',
    wantsMore: false,
    photos: { any: none, before: none, after: none } as Record<Label, Picked>,
    appeal: '',
  },
  onLoad(options: { id?: string }) {
    this.setData({ id: options.id ?? '' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [claim, person] = await Promise.all([getClaim(this.data.id), me()])
      const isFirst = !this.data.claim
      const view = toClaimView(claim, claim.person_id === person.id)
      return { claim: view, personId: person.id, ...(isFirst && claim.state === 'returned' ? { text: view.text } : {}) }
    })
  },
  show(claim: Claim) {
    this.setData({ claim: toClaimView(claim, claim.person_id === this.data.personId) })
    void wx.pageScrollTo({ scrollTop: 0 })
  },
  type({ detail }: WechatMiniprogram.Input) {
    this.setData({ text: detail.value })
  },
  typeAppeal({ detail }: WechatMiniprogram.Input) {
    this.setData({ appeal: detail.value })
  },
  addMore() {
    this.setData({ wantsMore: true })
  },
  pick({ detail, currentTarget }: WechatMiniprogram.CustomEvent<Picked>) {
    const label = currentTarget.dataset.label as Label
    this.setData({ photos: { ...this.data.photos, [label]: detail } })
  },
  async submit() {
    const { id, text, photos } = this.data
    if (Object.values(photos).some(({ waiting }) => waiting > 0)) {
      void wx.showModal({ title: '照片还没发完', content: '请等照片发完再交。没发出的，点一下重发，或者去掉它。', showCancel: false, confirmText: '知道了' })
      return
    }
    const { any, before, after } = photos
    const submission = { text, photo_ids: any.ids, photo_ids_before: before.ids, photo_ids_after: after.ids }
    const claim = await send(this, () => submitClaim(id, submission), '交上去了')
    if (claim) this.show(claim)
  },
  async abandon() {
    if (!(await sure('放弃这项任务？', '名额会让给别人。', '放弃'))) return
    await this.release(() => abandonClaim(this.data.id), '已放弃')
  },
  async putBack() {
    if (!(await sure('放回这张卡？', '同一个认领区，一天可以放回一次。', '放回'))) return
    await this.release(() => putBackCard(this.data.id), '放回去了')
  },
  async release(act: () => Promise<void>, done: string) {
    const isDone = await send(this, async () => {
      await act()
      return true
    }, done)
    if (isDone) await this.load()
  },
  async sendAppeal() {
    const { id, appeal } = this.data
    if (!appeal.trim()) return void wx.showToast({ title: '请先写写为什么', icon: 'none' })
    const claim = await send(this, () => appealClaim(id, { text: appeal }), '申诉送到街道了')
    if (claim) this.show(claim)
  },
})
