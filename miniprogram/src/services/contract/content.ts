/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Check = Schemas['ContentCheck']
export type DecideContentCheckRequest = Schemas['DecideContentCheckRequest']

/** 人工审核内容 */
export const decideContentCheck = (id: string, body: DecideContentCheckRequest) =>
  call<void>('POST', `/content-checks/${encodeURIComponent(id)}/decision`, { body })

/** 等待人工审核的内容 */
export const listContentChecks = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Check>>('GET', `/regions/${encodeURIComponent(id)}/content-checks`, { query })
