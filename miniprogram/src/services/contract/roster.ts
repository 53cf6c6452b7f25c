/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Household = Schemas['RosterHousehold']
export type Import = Schemas['RosterImport']
export type ImportRosterPreviewRequest = Schemas['ImportRosterPreviewRequest']
export type Preview = Schemas['RosterPreview']
export type SetHouseholdContactRequest = Schemas['SetHouseholdContactRequest']
export type Shown = Schemas['RosterShown']

/** 一户 */
export const getHousehold = (id: string) =>
  call<Household>('GET', `/households/${encodeURIComponent(id)}`)

/** 取消联系党员 */
export const endHouseholdContact = (id: string) =>
  call<void>('DELETE', `/households/${encodeURIComponent(id)}/contact`)

/** 安排联系党员 */
export const setHouseholdContact = (id: string, body: SetHouseholdContactRequest) =>
  call<Household>('PUT', `/households/${encodeURIComponent(id)}/contact`, { body })

/** 我联系的户 */
export const listMyHouseholds = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Household>>('GET', '/me/households', { query })

/** 住户名单 */
export const listHouseholds = (id: string, query: { limit?: number; cursor?: string; q?: string; contact?: 'yes' | 'no' } = {}) =>
  call<Page<Household>>('GET', `/regions/${encodeURIComponent(id)}/households`, { query })

/** 导入记录 */
export const listRosterImports = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Import>>('GET', `/regions/${encodeURIComponent(id)}/roster/imports`, { query })

/** 一次导入 */
export const getRosterImport = (id: string) =>
  call<Import>('GET', `/roster/imports/${encodeURIComponent(id)}`)

/** 撤销导入 */
export const undoRosterImport = (id: string) =>
  call<Import>('POST', `/roster/imports/${encodeURIComponent(id)}/undo`)

/** 一次预览 */
export const getRosterPreview = (id: string) =>
  call<Preview>('GET', `/roster/previews/${encodeURIComponent(id)}`)

/** 按预览导入 */
export const importRosterPreview = (id: string, body: ImportRosterPreviewRequest) =>
  call<Import>('POST', `/roster/previews/${encodeURIComponent(id)}/import`, { body })

/** 预览的各行 */
export const listRosterPreviewRows = (id: string, query: { limit?: number; cursor?: string; outcome?: 'created' | 'updated' | 'unchanged' | 'fault' } = {}) =>
  call<Page<Shown>>('GET', `/roster/previews/${encodeURIComponent(id)}/rows`, { query })
