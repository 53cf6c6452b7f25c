/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Figures = Schemas['TicketFigures']
export type MergeTarget = Schemas['TicketMergeTarget']
export type NamedCategory = Schemas['TicketNamedCategory']
export type NewCompletion = Schemas['TicketNewCompletion']
export type NewDispatch = Schemas['TicketNewDispatch']
export type NewProgress = Schemas['TicketNewProgress']
export type NewReview = Schemas['TicketNewReview']
export type NewTicket = Schemas['TicketNewTicket']
export type Reason = Schemas['TicketReason']
export type Ticket = Schemas['Ticket']
export type Voice = Schemas['TicketVoice']
export type WhistleNote = Schemas['TicketWhistleNote']

/** 四联单统计 */
export const getTicketFigures = (id: string) =>
  call<Figures>('GET', `/regions/${encodeURIComponent(id)}/tickets/figures`)

/** 四联单列表 */
export const listTickets = (query: { limit?: number; cursor?: string; region_id: string; stage?: 'raised' | 'dispatched' | 'accepted' | 'completed' | 'closed' | 'rejected' | 'merged' | 'withdrawn'; sort?: 'newest' | 'votes' | 'age' | 'overdue'; whistled?: boolean; open?: boolean }) =>
  call<Page<Ticket>>('GET', '/tickets', { query })

/** 点单 */
export const raiseTicket = (body: NewTicket) =>
  call<Ticket>('POST', '/tickets', { body })

/** 派给我或我单位的四联单 */
export const listAssignedTickets = (query: { limit?: number; cursor?: string; stage?: 'dispatched' | 'accepted' | 'completed' | 'closed' } = {}) =>
  call<Page<Ticket>>('GET', '/tickets/assigned', { query })

/** 四联单类别 */
export const listTicketCategories = () =>
  call<Page<NamedCategory>>('GET', '/tickets/categories')

/** 我点的单 */
export const listMyTickets = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Ticket>>('GET', '/tickets/mine', { query })

/** 相似的四联单 */
export const listSimilarTickets = (query: { region_id: string; text: string }) =>
  call<Page<Ticket>>('GET', '/tickets/similar', { query })

/** 一张四联单 */
export const getTicket = (id: string) =>
  call<Ticket>('GET', `/tickets/${encodeURIComponent(id)}`)

/** 接单 */
export const acceptTicket = (id: string) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/accept`)

/** 办结 */
export const completeTicket = (id: string, body: NewCompletion) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/complete`, { body })

/** 谢绝 */
export const declineTicket = (id: string, body: Reason) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/decline`, { body })

/** 派单 */
export const dispatchTicket = (id: string, body: NewDispatch) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/dispatch`, { body })

/** 合并到另一件 */
export const mergeTicket = (id: string, body: MergeTarget) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/merge`, { body })

/** 报进展 */
export const reportTicketProgress = (id: string, body: NewProgress) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/progress`, { body })

/** 收回已派的单 */
export const recallTicket = (id: string, body: Reason) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/recall`, { body })

/** 不予受理 */
export const rejectTicket = (id: string, body: Reason) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/reject`, { body })

/** 评单 */
export const reviewTicket = (id: string, body: NewReview) =>
  call<Ticket>('PUT', `/tickets/${encodeURIComponent(id)}/review`, { body })

/** 取消附议 */
export const unvoteTicket = (id: string) =>
  call<Voice>('DELETE', `/tickets/${encodeURIComponent(id)}/vote`)

/** 附议 */
export const voteTicket = (id: string) =>
  call<Voice>('PUT', `/tickets/${encodeURIComponent(id)}/vote`)

/** 吹哨到街道 */
export const whistleTicket = (id: string, body: WhistleNote) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/whistle`, { body })

/** 撤回 */
export const withdrawTicket = (id: string) =>
  call<Ticket>('POST', `/tickets/${encodeURIComponent(id)}/withdraw`)
