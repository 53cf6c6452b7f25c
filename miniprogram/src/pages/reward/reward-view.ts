import type { Redemption, Reward } from '../../services/contract/reward'
import type { FileLink } from '../../services/files'
import { codeGroups, redemptionStates, whoFulfils } from '../../wording/rewards'
import { moment, timeLeft } from '../../wording/time'

/** A shop that is its own place is said once. */
const whereOf = (reward: Reward): string => {
  const who = whoFulfils(reward)
  return reward.place.includes(who) ? reward.place : [who, reward.place].filter(Boolean).join('，')
}

export interface RewardRow {
  id: string
  title: string
  price: number
  who: string
  left: string
  isGone: boolean
  /** What stands in the way; '' for a reward that the person can have now. */
  lacks: string
}

export function toRow(reward: Reward, balance: number): RewardRow {
  return {
    id: reward.id,
    title: reward.title,
    price: reward.price,
    who: whoFulfils(reward),
    left: reward.stock_left > 0 ? `还剩 ${reward.stock_left} 份` : '兑完了',
    isGone: reward.stock_left <= 0,
    lacks: lackOf(reward, balance),
  }
}

function lackOf(reward: Reward, balance: number): string {
  if (reward.stock_left <= 0) return ''
  if (reward.my_redemptions >= reward.per_person_limit) return '您已经兑过了'
  return balance < reward.price ? `还差 ${reward.price - balance} 分` : ''
}

export function toRewardView(reward: Reward, balance: number, now = new Date()) {
  const why = whyNot(reward, balance, now)
  return {
    id: reward.id,
    title: reward.title,
    price: reward.price,
    description: reward.description,
    photos: reward.photos ?? ([] as FileLink[]),
    whyNot: why,
    balance: `您现在有 ${balance} 分${why ? '' : `，兑了以后还剩 ${balance - reward.price} 分`}`,
    mine: reward.my_redemptions ? `您兑过 ${reward.my_redemptions} 份，去看看` : '',
    facts: factsOf(reward, now),
  }
}

function whyNot(reward: Reward, balance: number, now: Date): string {
  if (reward.state !== 'published' || new Date(reward.redeem_until) <= now) return '兑换已经结束了，看看别的吧'
  if (reward.redeem_from && new Date(reward.redeem_from) > now) return `${moment(reward.redeem_from, now)} 开始兑换`
  if (reward.stock_left <= 0) return '已经兑完了，看看别的吧'
  if (reward.my_redemptions >= reward.per_person_limit) return `每人最多 ${reward.per_person_limit} 份，您已经兑满了`
  return balance < reward.price ? `还差 ${reward.price - balance} 分，再攒一攒就够了` : ''
}

function factsOf(reward: Reward, now: Date): { name: string; text: string }[] {
  const facts = [
    { name: reward.kind === 'service' ? '在哪里做' : '在哪里领', text: whereOf(reward) },
    { name: '还有多少', text: `一共 ${reward.stock} 份，还剩 ${reward.stock_left} 份` },
    { name: '每人几份', text: `最多 ${reward.per_person_limit} 份` },
    { name: '兑换到', text: `${moment(reward.redeem_until, now)}（${timeLeft(reward.redeem_until, now)}）` },
    { name: '多久去领', text: `兑了以后 ${reward.fetch_days} 天内，没去领积分会退回来` },
  ]
  return facts.filter(({ text }) => text)
}

export interface RedemptionRow {
  id: string
  title: string
  state: string
  isWaiting: boolean
  note: string
}

export function toRedemptionRow(redemption: Redemption, now = new Date()): RedemptionRow {
  return {
    id: redemption.id,
    title: redemption.reward?.title ?? '兑换',
    state: redemptionStates[redemption.state],
    isWaiting: redemption.state === 'redeemed',
    note: shortNote(redemption, now),
  }
}

function shortNote({ state, price, expires_at, ended_at = '' }: Redemption, now: Date): string {
  if (state === 'redeemed') return `请在 ${moment(expires_at, now)} 前去领（${timeLeft(expires_at, now)}）`
  if (state === 'fulfilled') return `${moment(ended_at, now)} 领取，用了 ${price} 分`
  return `${price} 分已经退回来了`
}

/** A redemption as its own person sees it. */
export function toRedemptionView(redemption: Redemption, now = new Date()) {
  const { reward } = redemption
  const isWaiting = redemption.state === 'redeemed' && Boolean(redemption.code)
  return {
    id: redemption.id,
    title: reward?.title ?? '兑换',
    state: redemptionStates[redemption.state],
    isWaiting,
    code: codeGroups(redemption.code ?? ''),
    qr: redemption.qr_text ?? '',
    until: isWaiting ? `${moment(redemption.expires_at, now)} 前有效（${timeLeft(redemption.expires_at, now)}）` : '',
    note: longNote(redemption, now),
    facts: [
      { name: '到哪里', text: reward ? whereOf(reward) : '' },
      { name: '用了多少', text: `${redemption.price} 分` },
      { name: '什么时候兑的', text: moment(redemption.redeemed_at, now) },
      { name: '谁帮着兑的', text: redemption.helper_name ?? '' },
    ].filter(({ text }) => text),
  }
}

function longNote({ state, ended_at = '', ended_by_name, price }: Redemption, now: Date): string {
  switch (state) {
    case 'redeemed':
      return '到了地方，给对方扫一扫，或者把数字念给对方听。'
    case 'fulfilled':
      return `${moment(ended_at, now)} 领取，${ended_by_name ?? '工作人员'} 经手。`
    case 'cancelled':
      return `已经取消，${price} 分退回来了。`
    default:
      return `过了期限没有领，${price} 分退回来了。`
  }
}

export interface FulfilledRow {
  id: string
  title: string
  person: string
  when: string
  price: string
}

export function toFulfilledRow(redemption: Redemption, now = new Date()): FulfilledRow {
  return {
    id: redemption.id,
    title: redemption.reward?.title ?? '兑换',
    person: redemption.person_name ?? '',
    when: moment(redemption.ended_at ?? redemption.redeemed_at, now),
    price: `${redemption.price} 分`,
  }
}

