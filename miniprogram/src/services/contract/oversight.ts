/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Answer = Schemas['OversightAnswer']
export type CheckFigures = Schemas['OversightCheckFigures']
export type Decision = Schemas['OversightDecision']
export type Draw = Schemas['OversightDraw']
export type OddCase = Schemas['OversightOddCase']
export type SpotCheck = Schemas['OversightSpotCheck']

/** 处理一件异常情况 */
export const decideOddCase = (id: string, body: Decision) =>
  call<OddCase>('POST', `/odd-cases/${encodeURIComponent(id)}/decision`, { body })

/** 值得看一看的异常情况 */
export const listOddCases = (id: string, query: { limit?: number; cursor?: string; state?: 'open' | 'taken_up' | 'dismissed'; kind?: 'shared_phone' | 'overlap' | 'quick_approvals' | 'same_photo' | 'mutual_approval' | 'points_jump' } = {}) =>
  call<Page<OddCase>>('GET', `/regions/${encodeURIComponent(id)}/odd-cases`, { query })

/** 街道抽查 */
export const listSpotChecks = (id: string, query: { limit?: number; cursor?: string; state?: 'open' | 'confirmed' | 'not_confirmed' | 'not_reached' | 'withdrawn' } = {}) =>
  call<Page<SpotCheck>>('GET', `/regions/${encodeURIComponent(id)}/spot-checks`, { query })

/** 把一个月的抽签重做一遍 */
export const repeatSpotCheckDraw = (id: string, query: { month: string }) =>
  call<Draw>('GET', `/regions/${encodeURIComponent(id)}/spot-checks/draw`, { query })

/** 抽查的数字 */
export const getSpotCheckFigures = (id: string, query: { month?: string } = {}) =>
  call<CheckFigures>('GET', `/regions/${encodeURIComponent(id)}/spot-checks/figures`, { query })

/** 记下抽查电话的结果 */
export const answerSpotCheck = (id: string, body: Answer) =>
  call<SpotCheck>('POST', `/spot-checks/${encodeURIComponent(id)}/answer`, { body })
