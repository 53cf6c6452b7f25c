/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type ChangeSettingsRequest = Schemas['ChangeSettingsRequest']
export type Entry = Schemas['AuditEntry']
export type Grant = Schemas['RegionGrant']
export type NewGrant = Schemas['RegionNewGrant']
export type NewOrganisation = Schemas['RegionNewOrganisation']
export type NewRegion = Schemas['RegionNewRegion']
export type NewServiceItem = Schemas['RegionNewServiceItem']
export type Organisation = Schemas['RegionOrganisation']
export type Region = Schemas['Region']
export type ServiceItem = Schemas['RegionServiceItem']
export type Setting = Schemas['RegionSetting']
export type Settings = Schemas['RegionSettings']
export type SettingsChange = Schemas['RegionSettingsChange']

/** 组织列表 */
export const listOrganisations = (query: { limit?: number; cursor?: string; region_id: string }) =>
  call<Page<Organisation>>('GET', '/organisations', { query })

/** 新建组织 */
export const createOrganisation = (body: NewOrganisation) =>
  call<Organisation>('POST', '/organisations', { body })

/** 一个组织的服务项目 */
export const listServicesOfOrganisation = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<ServiceItem>>('GET', `/organisations/${encodeURIComponent(id)}/services`, { query })

/** 区划列表 */
export const listRegions = (query: { limit?: number; cursor?: string; parent_id?: string } = {}) =>
  call<Page<Region>>('GET', '/regions', { query })

/** 新建区划 */
export const createRegion = (body: NewRegion) =>
  call<Region>('POST', '/regions', { body })

/** 一个区划 */
export const getRegion = (id: string) =>
  call<Region>('GET', `/regions/${encodeURIComponent(id)}`)

/** 操作记录 */
export const listAuditEntries = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Entry>>('GET', `/regions/${encodeURIComponent(id)}/audit`, { query })

/** 区划内的角色 */
export const listRoleGrants = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Grant>>('GET', `/regions/${encodeURIComponent(id)}/role-grants`, { query })

/** 社区的开关与时限 */
export const getSettings = (id: string) =>
  call<Settings>('GET', `/regions/${encodeURIComponent(id)}/settings`)

/** 修改社区的开关与时限 */
export const changeSettings = (id: string, body: ChangeSettingsRequest) =>
  call<Settings>('PUT', `/regions/${encodeURIComponent(id)}/settings`, { body })

/** 设置的修改记录 */
export const listSettingsChanges = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<SettingsChange>>('GET', `/regions/${encodeURIComponent(id)}/settings/changes`, { query })

/** 授予角色 */
export const grantRole = (body: NewGrant) =>
  call<Grant>('POST', '/role-grants', { body })

/** 收回角色 */
export const revokeRole = (id: string) =>
  call<void>('DELETE', `/role-grants/${encodeURIComponent(id)}`)

/** 社区里的服务项目 */
export const listServices = (query: { limit?: number; cursor?: string; region_id: string }) =>
  call<Page<ServiceItem>>('GET', '/services', { query })

/** 新建服务项目 */
export const createService = (body: NewServiceItem) =>
  call<ServiceItem>('POST', '/services', { body })

/** 社区可以设置什么 */
export const listSettings = () =>
  call<Page<Setting>>('GET', '/settings')
