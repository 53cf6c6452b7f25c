/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Adjustment = Schemas['PointsAdjustment']
export type CommunityFigures = Schemas['PointsCommunityFigures']
export type Dispute = Schemas['PointsDispute']
export type Entry = Schemas['PointsEntry']
export type Leader = Schemas['PointsLeader']
export type MissingEntry = Schemas['PointsMissingEntry']
export type NewAdjustment = Schemas['PointsNewAdjustment']
export type Own = Schemas['PointsOwn']
export type Rank = Schemas['PointsRank']
export type RejectAdjustmentRequest = Schemas['RejectAdjustmentRequest']
export type Reversal = Schemas['PointsReversal']
export type Ruling = Schemas['PointsRuling']
export type Said = Schemas['PointsSaid']
export type Standing = Schemas['PointsStanding']
export type Trend = Schemas['PointsTrend']

/** 我的积分 */
export const getMyPoints = () =>
  call<Own>('GET', '/me/points')

/** 我提出的疑问 */
export const listMyDisputes = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Dispute>>('GET', '/me/points/disputes', { query })

/** 反映少记的积分 */
export const disputeMissing = (body: MissingEntry) =>
  call<Dispute>('POST', '/me/points/disputes', { body })

/** 我的积分明细 */
export const listMyPointsEntries = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Entry>>('GET', '/me/points/entries', { query })

/** 我的名次 */
export const getMyRank = (query: { period?: string } = {}) =>
  call<Rank>('GET', '/me/points/rank', { query })

/** 一个人的积分明细 */
export const listPointsEntries = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Entry>>('GET', `/people/${encodeURIComponent(id)}/points/entries`, { query })

/** 手工调整列表 */
export const listAdjustments = (query: { limit?: number; cursor?: string; region_id: string; state?: 'pending' | 'posted' | 'rejected' }) =>
  call<Page<Adjustment>>('GET', '/points/adjustments', { query })

/** 提出手工调整 */
export const proposeAdjustment = (body: NewAdjustment) =>
  call<Adjustment>('POST', '/points/adjustments', { body })

/** 同意手工调整 */
export const approveAdjustment = (id: string) =>
  call<Adjustment>('POST', `/points/adjustments/${encodeURIComponent(id)}/approve`)

/** 不同意手工调整 */
export const rejectAdjustment = (id: string, body: RejectAdjustmentRequest) =>
  call<Adjustment>('POST', `/points/adjustments/${encodeURIComponent(id)}/reject`, { body })

/** 答复疑问 */
export const answerDispute = (id: string, body: Ruling) =>
  call<Dispute>('POST', `/points/disputes/${encodeURIComponent(id)}/answer`, { body })

/** 对答复申诉 */
export const appealDispute = (id: string, body: Said) =>
  call<Dispute>('POST', `/points/disputes/${encodeURIComponent(id)}/appeal`, { body })

/** 裁决对答复的申诉 */
export const decideDispute = (id: string, body: Ruling) =>
  call<Dispute>('POST', `/points/disputes/${encodeURIComponent(id)}/decision`, { body })

/** 对一笔积分提出疑问 */
export const disputeEntry = (id: string, body: Said) =>
  call<Dispute>('POST', `/points/entries/${encodeURIComponent(id)}/dispute`, { body })

/** 撤销一笔积分 */
export const reversePointsEntry = (id: string, body: Reversal) =>
  call<Entry>('POST', `/points/entries/${encodeURIComponent(id)}/reversal`, { body })

/** 对一次服务时长提出疑问 */
export const disputeMinutes = (sourceId: string, body: Said) =>
  call<Dispute>('POST', `/points/minutes/${encodeURIComponent(sourceId)}/dispute`, { body })

/** 社区的积分榜 */
export const listLeaderboard = (id: string, query: { limit?: number; cursor?: string; period?: string } = {}) =>
  call<Page<Leader>>('GET', `/regions/${encodeURIComponent(id)}/leaderboard`, { query })

/** 社区的积分名单 */
export const listPoints = (id: string, query: { limit?: number; cursor?: string; period?: string; sort?: '-earned' | 'name'; q?: string; team_id?: string; star?: string } = {}) =>
  call<Page<Standing>>('GET', `/regions/${encodeURIComponent(id)}/points`, { query })

/** 居民对积分的疑问 */
export const listDisputes = (id: string, query: { limit?: number; cursor?: string; state?: 'open' | 'answered' | 'appealed' | 'decided' | 'withdrawn' } = {}) =>
  call<Page<Dispute>>('GET', `/regions/${encodeURIComponent(id)}/points/disputes`, { query })

/** 各社区的积分汇总 */
export const summarisePoints = (id: string, query: { limit?: number; cursor?: string; period?: string } = {}) =>
  call<Page<CommunityFigures>>('GET', `/regions/${encodeURIComponent(id)}/points/summary`, { query })

/** 积分走势 */
export const getPointsTrend = (id: string, query: { unit?: 'day' | 'week' | 'month' | 'quarter' | 'year' } = {}) =>
  call<Trend>('GET', `/regions/${encodeURIComponent(id)}/points/trend`, { query })
