/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type AppealClaimRequest = Schemas['AppealClaimRequest']
export type Change = Schemas['TaskChange']
export type Claim = Schemas['TaskClaim']
export type DecideAppealRequest = Schemas['DecideAppealRequest']
export type NewStation = Schemas['TaskNewStation']
export type NewTask = Schemas['TaskNewTask']
export type ReviewClaimRequest = Schemas['ReviewClaimRequest']
export type ScanForTaskRequest = Schemas['ScanForTaskRequest']
export type Station = Schemas['TaskStation']
export type StationChange = Schemas['TaskStationChange']
export type Submission = Schemas['TaskSubmission']
export type Task = Schemas['Task']

/** 放弃认领 */
export const abandonClaim = (id: string) =>
  call<void>('DELETE', `/claims/${encodeURIComponent(id)}`)

/** 一次认领 */
export const getClaim = (id: string) =>
  call<Claim>('GET', `/claims/${encodeURIComponent(id)}`)

/** 申诉 */
export const appealClaim = (id: string, body: AppealClaimRequest) =>
  call<Claim>('POST', `/claims/${encodeURIComponent(id)}/appeal`, { body })

/** 裁决申诉 */
export const decideAppeal = (id: string, body: DecideAppealRequest) =>
  call<Claim>('POST', `/claims/${encodeURIComponent(id)}/appeal/decision`, { body })

/** 放回抽到的任务卡 */
export const putBackCard = (id: string) =>
  call<void>('POST', `/claims/${encodeURIComponent(id)}/put-back`)

/** 审核 */
export const reviewClaim = (id: string, body: ReviewClaimRequest) =>
  call<Claim>('POST', `/claims/${encodeURIComponent(id)}/review`, { body })

/** 提交完成情况 */
export const submitClaim = (id: string, body: Submission) =>
  call<Claim>('PUT', `/claims/${encodeURIComponent(id)}/submission`, { body })

/** 我的认领 */
export const listMyClaims = (query: { limit?: number; cursor?: string; state?: 'claimed' | 'submitted' | 'approved' | 'returned' | 'rejected' | 'abandoned' | 'expired' } = {}) =>
  call<Page<Claim>>('GET', '/me/claims', { query })

/** 待审核的认领，等得最久的在前 */
export const listRegionClaims = (id: string, query: { limit?: number; cursor?: string; state?: 'claimed' | 'submitted' | 'approved' | 'returned' | 'rejected' | 'abandoned' | 'expired'; appeal?: 'pending' | 'upheld' | 'overturned' } = {}) =>
  call<Page<Claim>>('GET', `/regions/${encodeURIComponent(id)}/claims`, { query })

/** 微任务认领区列表 */
export const listStations = (query: { limit?: number; cursor?: string; region_id: string }) =>
  call<Page<Station>>('GET', '/stations', { query })

/** 新建微任务认领区 */
export const createStation = (body: NewStation) =>
  call<Station>('POST', '/stations', { body })

/** 一个微任务认领区 */
export const getStation = (id: string) =>
  call<Station>('GET', `/stations/${encodeURIComponent(id)}`)

/** 修改微任务认领区 */
export const changeStation = (id: string, body: StationChange) =>
  call<Station>('PATCH', `/stations/${encodeURIComponent(id)}`, { body })

/** 抽一张任务卡 */
export const drawCard = (id: string) =>
  call<Claim>('POST', `/stations/${encodeURIComponent(id)}/draws`)

/** 微任务列表 */
export const listTasks = (query: { limit?: number; cursor?: string; region_id?: string; star?: string; state?: 'draft' | 'published' | 'closed' | 'withdrawn'; station_id?: string } = {}) =>
  call<Page<Task>>('GET', '/tasks', { query })

/** 新建微任务 */
export const createTask = (body: NewTask) =>
  call<Task>('POST', '/tasks', { body })

/** 一项微任务 */
export const getTask = (id: string) =>
  call<Task>('GET', `/tasks/${encodeURIComponent(id)}`)

/** 修改微任务 */
export const changeTask = (id: string, body: Change) =>
  call<Task>('PATCH', `/tasks/${encodeURIComponent(id)}`, { body })

/** 一项微任务的认领 */
export const listTaskClaims = (id: string, query: { limit?: number; cursor?: string; state?: 'claimed' | 'submitted' | 'approved' | 'returned' | 'rejected' | 'abandoned' | 'expired' } = {}) =>
  call<Page<Claim>>('GET', `/tasks/${encodeURIComponent(id)}/claims`, { query })

/** 认领 */
export const takeTask = (id: string) =>
  call<Claim>('POST', `/tasks/${encodeURIComponent(id)}/claims`)

/** 结束认领 */
export const closeTask = (id: string) =>
  call<Task>('POST', `/tasks/${encodeURIComponent(id)}/close`)

/** 发布微任务 */
export const publishTask = (id: string) =>
  call<Task>('POST', `/tasks/${encodeURIComponent(id)}/publish`)

/** 现场扫码确认 */
export const scanForTask = (id: string, body: ScanForTaskRequest) =>
  call<Claim>('POST', `/tasks/${encodeURIComponent(id)}/scans`, { body })

/** 撤回微任务 */
export const withdrawTask = (id: string) =>
  call<Task>('POST', `/tasks/${encodeURIComponent(id)}/withdraw`)
