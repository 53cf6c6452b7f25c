import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { listOrganisations } from '../../../services/contract/region'
import { changeReward, closeReward, createReward, getReward, listRewardRedemptions, publishReward, type Redemption, type Reward } from '../../../services/contract/reward'
import { rewardStates, whoFulfils, yuan } from '../../../wording/rewards'
import { moment } from '../../../wording/time'
import { deskCommunity } from '../desk-community'
import { backTo } from '../desk-place'
import { draftChangeOf, emptyForm, formOf, missingIn, newRewardOf, publishedChangeOf, untilDayOf, type RewardForm, type Who } from './reward-form'

type Field = keyof RewardForm

const listUrl = '/pages/desk/rewards/index'

const kinds = [
  { value: 'goods', name: '东西' },
  { value: 'service', name: '服务' },
]

const whos: { value: Who; name: string }[] = [
  { value: 'desk', name: '社区自己发' },
  { value: 'organisation', name: '商户或单位' },
  { value: 'provider', name: '一位邻居' },
]

/** How many that wait are shown: the rest are told by their number. */
const waitingShown = 20

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    community: { id: '', name: '' },
    isDraft: true,
    isPublished: false,
    isOver: false,
    reward: null as ReturnType<typeof shownReward> | null,
    waiting: [] as { id: string; person: string; until: string }[],
    waitingMore: false,
    kinds,
    whos,
    organisations: [] as { value: string; name: string }[],
    form: emptyForm(),
    untilDay: untilDayOf(emptyForm()),
    photoIds: [] as string[],
    photosWaiting: 0,
  },

  onLoad({ id = '', region_id = '' }: Record<string, string | undefined>) {
    this.setData({ id, 'community.id': region_id })
    void this.load()
  },
  load() {
    return loadInto(this, async () => (this.data.id ? this.existing(await getReward(this.data.id)) : this.choices(this.data.community.id)))
  },
  async existing(reward: Reward) {
    const form = formOf(reward)
    const [choices, waiting] = await Promise.all([this.choices(reward.region_id), this.waitingOf(reward)])
    return {
      ...choices,
      ...waiting,
      form,
      untilDay: untilDayOf(form),
      isDraft: reward.state === 'draft',
      isPublished: reward.state === 'published',
      isOver: reward.state === 'closed',
      reward: shownReward(reward),
    }
  },
  async choices(regionId: string) {
    const community = await deskCommunity(regionId)
    const all = await wholeList((cursor) => listOrganisations({ region_id: community.id, limit: 100, cursor }))
    const merchantsFirst = [...all.filter(({ kind }) => kind === 'merchant'), ...all.filter(({ kind }) => kind !== 'merchant')]
    return { community: { id: community.id, name: community.name }, organisations: merchantsFirst.map(({ id, name }) => ({ value: id, name })) }
  },
  async waitingOf(reward: Reward) {
    if (reward.state === 'draft') return { waiting: [], waitingMore: false }
    const { items, next_cursor } = await listRewardRedemptions(reward.id, { state: 'redeemed', limit: waitingShown })
    return { waiting: items.map(toWaiting), waitingMore: Boolean(next_cursor) }
  },

  type(event: WechatMiniprogram.Input) {
    this.change(event.currentTarget.dataset.field as Field, event.detail.value)
  },
  pick(event: WechatMiniprogram.TouchEvent) {
    const { field, value } = event.currentTarget.dataset as { field: Field; value: string }
    this.change(field, value)
  },
  change(field: Field, value: string) {
    if (!(field in this.data.form)) return
    this.setData({ [`form.${field}`]: value })
    this.setData({ untilDay: untilDayOf(this.data.form) })
  },
  chooseProvider(event: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    this.setData({ 'form.providerId': event.detail.id, 'form.providerName': event.detail.name })
  },
  photosChanged(event: WechatMiniprogram.CustomEvent<{ ids: string[]; waiting: number }>) {
    this.setData({ photoIds: event.detail.ids, photosWaiting: event.detail.waiting })
  },

  lacks(): boolean {
    const missing = this.data.isPublished ? '' : missingIn(this.data.form)
    if (missing) void wx.showToast({ title: missing, icon: 'none', duration: 2500 })
    return missing !== ''
  },
  async save() {
    if (this.lacks()) return
    const done = this.data.isDraft ? '已存到草稿里' : '已保存'
    if (await send(this, () => this.store(), done)) backTo(listUrl)
  },
  async publish() {
    if (this.lacks()) return
    const { title, price, stock } = this.data.form
    if (!(await sure('发布？', `「${title}」${stock}份，每份${price}分。发布后居民马上能兑，价格不能再改`, '发布'))) return
    const reward = await send(this, async () => publishReward((await this.store()).id), '已发布，居民能兑了')
    if (reward) backTo(listUrl)
  },
  /** Saves once: what has been made is changed by the next attempt. */
  async store(): Promise<Reward> {
    const { id, form, community, photoIds, isPublished } = this.data
    if (id) return changeReward(id, isPublished ? publishedChangeOf(form, photoIds) : draftChangeOf(form, photoIds))
    const reward = await createReward(newRewardOf(form, community.id, photoIds))
    this.setData({ id: reward.id, photoIds: [] })
    return reward
  },
  async close() {
    if (!(await sure('结束兑换？', '不再有人能兑；已经兑了的人还可以来领', '结束'))) return
    const reward = await send(this, () => closeReward(this.data.id), '已结束')
    if (reward) void this.load()
  },
})

function shownReward(reward: Reward) {
  return {
    state: rewardStates[reward.state],
    summary: `${reward.price}分一份，${reward.stock}份已兑${reward.stock - reward.stock_left}份，还剩${reward.stock_left}份`,
    who: `${whoFulfils(reward)}${reward.owed_fen ? `，每份社区付${yuan(reward.owed_fen)}` : ''}`,
    until: `兑换到 ${moment(reward.redeem_until)}，兑后${reward.fetch_days}天内领，每人最多${reward.per_person_limit}份`,
    statementId: reward.organisation_id ?? '',
    regionId: reward.region_id,
    photos: reward.photos,
  }
}

const toWaiting = ({ id, person_name = '', expires_at }: Redemption) => ({ id, person: person_name, until: `${moment(expires_at)} 前领` })
