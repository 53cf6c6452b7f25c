/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type AgreeToNoticesRequest = Schemas['AgreeToNoticesRequest']
export type Asking = Schemas['NoticeAsking']
export type DeadLetter = Schemas['NoticeDeadLetter']
export type Notice = Schemas['Notice']
export type ReadNoticesRequest = Schemas['ReadNoticesRequest']
export type Unseen = Schemas['NoticeUnseen']

/** 同意接收订阅消息 */
export const agreeToNotices = (body: AgreeToNoticesRequest) =>
  call<Asking>('POST', '/me/notice-consents', { body })

/** 可以请求订阅的消息模板 */
export const listNoticeTemplates = () =>
  call<Asking>('GET', '/me/notice-templates')

/** 我的消息 */
export const listMyNotices = (query: { limit?: number; cursor?: string; unread?: 'true' | 'false' } = {}) =>
  call<Page<Notice>>('GET', '/me/notices', { query })

/** 还没看的消息有几条 */
export const countMyNotices = () =>
  call<Unseen>('GET', '/me/notices/count')

/** 一条消息和它以前的都看过了 */
export const readNotices = (body: ReadNoticesRequest) =>
  call<Unseen>('POST', '/me/notices/read', { body })

/** 看过一条消息 */
export const readNotice = (id: string) =>
  call<void>('PUT', `/me/notices/${encodeURIComponent(id)}/read`)

/** 没有发出去的消息 */
export const listDeadNotices = (query: { limit?: number; cursor?: string; region_id: string }) =>
  call<Page<DeadLetter>>('GET', '/notices/dead', { query })

/** 重新发送一条消息 */
export const resendNotice = (id: string) =>
  call<void>('POST', `/notices/${encodeURIComponent(id)}/resend`)
