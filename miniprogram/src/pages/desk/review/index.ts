import { loadInto, loading } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { hasCode } from '../../../services/api-error'
import type { Page as ListPage } from '../../../services/call'
import { decideAppeal, listRegionClaims, reviewClaim, type Claim } from '../../../services/contract/task'
import { me } from '../../../services/me'
import { reviewPlace } from '../desk-community'
import { hasDesk } from '../desk-place'
import { askReason, type Question } from '../asking'
import { toView, type ClaimView } from './claim-view'

const returning: Question = {
  title: '要补什么？',
  hint: '交的人会看到，改好可以再交。',
  phrases: ['请补一张照片', '照片看不清，请重拍', '请写几句做了什么', '还差一点，做完再交'],
  confirm: '退回修改',
}
const rejecting: Question = {
  title: '为什么不通过？',
  hint: '交的人会看到，可以向街道申诉一次。',
  phrases: ['这件事没有做成', '和任务不是一回事', '照片不是现场的'],
  confirm: '不通过',
}
const upholding: Question = { title: '为什么维持？', hint: '申诉的人会看到。', phrases: ['核对过，当时确实没有做成'], confirm: '维持原来的结论' }
const overturning: Question = { title: '为什么改判？', hint: '申诉的人会看到。改判后马上计分。', phrases: ['核对过，事情做成了', '有人作证，予以通过'], confirm: '改判通过' }

const pageSize = 20

Page({
  data: {
    ...loading,
    busy: false,
    isAppeals: false,
    placeName: '',
    /** A leader reviews, and knows of the people no more than what they did. */
    seesPeople: false,
    queue: [] as ClaimView[],
    cursor: '',
    /** 还有3份, or 还有20多份. */
    left: '',
    done: 0,
    /** Put aside, for a later look. */
    aside: 0,
    /** Shown, and left to others: the caller has a part in them. */
    own: 0,
    claim: null as ClaimView | null,
  },
  onLoad({ appeals = '' }: { appeals?: string }) {
    this.setData({ isAppeals: appeals === '1' })
    if (appeals === '1') void wx.setNavigationBarTitle({ title: '申诉' })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const page = await this.list()
      return { ...this.standing(await this.views(page), page.next_cursor), aside: 0, own: 0 }
    })
  },
  async list(cursor?: string): Promise<ListPage<Claim>> {
    const [{ id, name: placeName }, person] = await Promise.all([reviewPlace(), me()])
    this.setData({ placeName, seesPeople: hasDesk(person) })
    const wanted = this.data.isAppeals ? { state: 'rejected' as const, appeal: 'pending' as const } : { state: 'submitted' as const }
    return listRegionClaims(id, { ...wanted, limit: pageSize, cursor })
  },
  async views({ items }: ListPage<Claim>): Promise<ClaimView[]> {
    const { id } = await me()
    return items.map((claim) => toView(claim, id))
  },
  standing(queue: ClaimView[], cursor = '') {
    return { queue, cursor, claim: queue[0] ?? null, left: `还有${queue.length}${cursor ? '多' : ''}份` }
  },
  /** Puts the next one before the person, and fetches more when the queue has run out. */
  async next() {
    const queue = this.data.queue.slice(1)
    this.setData(this.standing(queue, this.data.cursor))
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    if (queue.length || !this.data.cursor) return
    this.setData({ state: 'loading' }) // an empty queue would say that all is done
    await loadInto(this, async () => {
      const page = await this.list(this.data.cursor)
      return this.standing(await this.views(page), page.next_cursor)
    })
  },
  putAside() {
    this.setData({ aside: this.data.aside + 1 })
    return this.next()
  },
  leaveOwn() {
    this.setData({ own: this.data.own + 1 })
    return this.next()
  },
  approve() {
    return this.review('approve', '')
  },
  giveBack() {
    return this.askAndReview('return', returning)
  },
  reject() {
    return this.askAndReview('reject', rejecting)
  },
  async askAndReview(verdict: 'return' | 'reject', question: Question) {
    const reason = await askReason(this, question)
    if (reason !== undefined) await this.review(verdict, reason)
  },
  async review(verdict: 'approve' | 'return' | 'reject', reason: string) {
    const { claim } = this.data
    if (!claim) return
    const said = { approve: `已通过，${claim.person}得${claim.points}分`, return: '已退回修改', reject: '已告知没有通过' }
    await this.judge(() => reviewClaim(claim.id, { verdict, reason }), said[verdict])
  },
  overturn() {
    return this.decide('overturn', overturning, '已改判，积分已计')
  },
  uphold() {
    return this.decide('uphold', upholding, '已维持原来的结论')
  },
  async decide(verdict: 'overturn' | 'uphold', question: Question, said: string) {
    const { claim } = this.data
    if (!claim) return
    const reason = await askReason(this, question)
    if (reason === undefined) return
    await this.judge(() => decideAppeal(claim.id, { verdict, reason }), said)
  },
  async judge(act: () => Promise<Claim>, said: string) {
    const outcome = await send(this, () => outcomeOf(act))
    if (!outcome) return
    if (outcome === 'judged') this.setData({ done: this.data.done + 1 })
    void wx.showToast({ title: outcome === 'judged' ? said : '这一份已经不用看了，请看下一份', icon: 'none', duration: 2500 })
    await this.next()
  },
})

/** `gone` when somebody else was first, or what was handed in was taken back. */
async function outcomeOf(act: () => Promise<Claim>): Promise<'judged' | 'gone'> {
  try {
    await act()
    return 'judged'
  } catch (error) {
    if (hasCode(error, 'claim.wrong_state')) return 'gone'
    throw error
  }
}
