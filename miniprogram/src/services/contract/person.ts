/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Card = Schemas['PersonCard']
export type CodeInputBody = Schemas['CodeInputBody']
export type Export = Schemas['PersonExport']
export type LoginInputBody = Schemas['LoginInputBody']
export type NewCard = Schemas['PersonNewCard']
export type NewPerson = Schemas['PersonNewPerson']
export type NewSession = Schemas['PersonNewSession']
export type Person = Schemas['Person']
export type PersonalCode = Schemas['PersonalCode']
export type PhoneView = Schemas['PersonPhoneView']
export type Update = Schemas['PersonUpdate']
export type WholePhone = Schemas['PersonWholePhone']

/** 注销 */
export const deleteMe = () =>
  call<void>('DELETE', '/me')

/** 我的资料 */
export const getMe = () =>
  call<Person>('GET', '/me')

/** 修改我的资料 */
export const updateMe = (body: Update) =>
  call<Person>('PATCH', '/me', { body })

/** 我的个人码 */
export const getPersonalCode = () =>
  call<PersonalCode>('GET', '/me/code')

/** 导出我的全部信息 */
export const exportMe = () =>
  call<Export>('GET', '/me/export')

/** 绑定手机号 */
export const bindPhone = (body: CodeInputBody) =>
  call<Person>('PUT', '/me/phone', { body })

/** 谁查看过我的手机号 */
export const listPhoneViews = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<PhoneView>>('GET', '/me/phone-views', { query })

/** 一位居民 */
export const getPerson = (id: string) =>
  call<Person>('GET', `/people/${encodeURIComponent(id)}`)

/** 一位居民的卡 */
export const listCards = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Card>>('GET', `/people/${encodeURIComponent(id)}/cards`, { query })

/** 制卡 */
export const issueCard = (id: string) =>
  call<NewCard>('POST', `/people/${encodeURIComponent(id)}/cards`)

/** 挂失 */
export const revokeCard = (id: string, cardId: string) =>
  call<void>('DELETE', `/people/${encodeURIComponent(id)}/cards/${encodeURIComponent(cardId)}`)

/** 取消住址核实 */
export const doubtHome = (id: string) =>
  call<void>('DELETE', `/people/${encodeURIComponent(id)}/home-verification`)

/** 核实住址 */
export const verifyHome = (id: string) =>
  call<Person>('POST', `/people/${encodeURIComponent(id)}/home-verification`)

/** 查看完整手机号(留痕) */
export const getPhone = (id: string, query: { reason?: string } = {}) =>
  call<WholePhone>('GET', `/people/${encodeURIComponent(id)}/phone`, { query })

/** 居民名单 */
export const listPeople = (id: string, query: { limit?: number; cursor?: string; q?: string } = {}) =>
  call<Page<Person>>('GET', `/regions/${encodeURIComponent(id)}/people`, { query })

/** 登记一位居民 */
export const createPerson = (id: string, body: NewPerson) =>
  call<Person>('POST', `/regions/${encodeURIComponent(id)}/people`, { body })

/** 在所有手机上退出登录 */
export const logoutEverywhere = () =>
  call<void>('DELETE', '/sessions')

/** 微信登录 */
export const login = (body: LoginInputBody) =>
  call<NewSession>('POST', '/sessions', { body })

/** 退出登录 */
export const logout = () =>
  call<void>('DELETE', '/sessions/current')
