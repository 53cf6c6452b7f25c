/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Change = Schemas['RewardChange']
export type FulfilRedemptionRequest = Schemas['FulfilRedemptionRequest']
export type NewReward = Schemas['RewardNewReward']
export type Redemption = Schemas['RewardRedemption']
export type Reward = Schemas['Reward']
export type Statement = Schemas['RewardStatement']

/** 我的兑换 */
export const listMyRedemptions = (query: { limit?: number; cursor?: string; state?: 'redeemed' | 'fulfilled' | 'cancelled' | 'expired' } = {}) =>
  call<Page<Redemption>>('GET', '/me/redemptions', { query })

/** 商户的月度对账 */
export const getStatement = (id: string, query: { month?: string; region_id?: string; limit?: number; cursor?: string } = {}) =>
  call<Statement>('GET', `/organisations/${encodeURIComponent(id)}/redemptions`, { query })

/** 核销兑换码 */
export const fulfilRedemption = (body: FulfilRedemptionRequest) =>
  call<Redemption>('POST', '/redemptions/fulfil', { body })

/** 取消兑换 */
export const cancelRedemption = (id: string) =>
  call<void>('DELETE', `/redemptions/${encodeURIComponent(id)}`)

/** 一次兑换 */
export const getRedemption = (id: string) =>
  call<Redemption>('GET', `/redemptions/${encodeURIComponent(id)}`)

/** 可以兑换的 */
export const listRewards = (query: { limit?: number; cursor?: string; region_id?: string; organisation_id?: string; state?: 'draft' | 'published' | 'closed' } = {}) =>
  call<Page<Reward>>('GET', '/rewards', { query })

/** 新建兑换项目 */
export const createReward = (body: NewReward) =>
  call<Reward>('POST', '/rewards', { body })

/** 一个兑换项目 */
export const getReward = (id: string) =>
  call<Reward>('GET', `/rewards/${encodeURIComponent(id)}`)

/** 修改兑换项目 */
export const changeReward = (id: string, body: Change) =>
  call<Reward>('PATCH', `/rewards/${encodeURIComponent(id)}`, { body })

/** 结束兑换 */
export const closeReward = (id: string) =>
  call<Reward>('POST', `/rewards/${encodeURIComponent(id)}/close`)

/** 发布兑换项目 */
export const publishReward = (id: string) =>
  call<Reward>('POST', `/rewards/${encodeURIComponent(id)}/publish`)

/** 一个项目的兑换情况 */
export const listRewardRedemptions = (id: string, query: { limit?: number; cursor?: string; state?: 'redeemed' | 'fulfilled' | 'cancelled' | 'expired' } = {}) =>
  call<Page<Redemption>>('GET', `/rewards/${encodeURIComponent(id)}/redemptions`, { query })

/** 兑换 */
export const redeemReward = (id: string) =>
  call<Redemption>('POST', `/rewards/${encodeURIComponent(id)}/redemptions`)
