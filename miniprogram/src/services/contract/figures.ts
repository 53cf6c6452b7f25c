/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Bulletin = Schemas['FiguresBulletin']
export type Calendar = Schemas['FiguresCalendar']
export type Certificate = Schemas['FiguresCertificate']
export type Check = Schemas['FiguresCheck']
export type CommunityBulletin = Schemas['FiguresCommunityBulletin']
export type NewCertificate = Schemas['FiguresNewCertificate']
export type OpenCommunity = Schemas['FiguresOpenCommunity']
export type OpenFigure = Schemas['FiguresOpenFigure']
export type Row = Schemas['FiguresRow']

/** 核对证书 */
export const checkCertificate = (number: string) =>
  call<Check>('GET', `/certificates/${encodeURIComponent(number)}`)

/** 我的志愿服务证书 */
export const listMyCertificates = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Certificate>>('GET', '/me/certificates', { query })

/** 开志愿服务证书 */
export const issueCertificate = (body: NewCertificate) =>
  call<Certificate>('POST', '/me/certificates', { body })

/** 收回证书 */
export const revokeCertificate = (number: string) =>
  call<void>('DELETE', `/me/certificates/${encodeURIComponent(number)}`)

/** 一张志愿服务证书 */
export const getMyCertificate = (number: string) =>
  call<Certificate>('GET', `/me/certificates/${encodeURIComponent(number)}`)

/** 开放数据:社区 */
export const listOpenCommunities = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<OpenCommunity>>('GET', '/open/communities', { query })

/** 开放数据:每月数字 */
export const listOpenFigures = (query: { limit?: number; cursor?: string; region_id: string; period?: string }) =>
  call<Page<OpenFigure>>('GET', '/open/figures', { query })

/** 周通报、月调度、季观摩 */
export const getBulletin = (id: string, query: { period?: string } = {}) =>
  call<Bulletin>('GET', `/regions/${encodeURIComponent(id)}/bulletin`, { query })

/** 一个数字是从哪些数出来的 */
export const listBulletinRows = (id: string, figure: string, query: { limit?: number; cursor?: string; period?: string; part?: string } = {}) =>
  call<Page<Row>>('GET', `/regions/${encodeURIComponent(id)}/bulletin/${encodeURIComponent(figure)}`, { query })

/** 各社区的通报 */
export const listBulletins = (id: string, query: { limit?: number; cursor?: string; period?: string } = {}) =>
  call<Page<CommunityBulletin>>('GET', `/regions/${encodeURIComponent(id)}/bulletins`, { query })

/** 服务日历 */
export const getCalendar = (id: string, query: { month?: string } = {}) =>
  call<Calendar>('GET', `/regions/${encodeURIComponent(id)}/calendar`, { query })
