/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call } from '../call'

type Schemas = components['schemas']
export type Home = Schemas['Home']

/** 首页 */
export const getHome = () =>
  call<Home>('GET', '/me/home')
