import type { CodesOnShow } from './codes-on-show'
import type { PageStack } from './page-stack'
import type { ServerAddress } from './server-address'
import type { Session } from './session'

/** What native components need to know; they are made by the document, so nobody can hand it to them. */
export interface Surroundings {
  session: Session
  server: ServerAddress
  codes: CodesOnShow
  pages: PageStack
  privacyCheck: boolean
}

/** Filled by start.ts before the first component is made. */
export const surroundings = {} as Surroundings
