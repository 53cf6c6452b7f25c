import type { Standing } from '../../../services/contract/points'
import { minutesText } from '../../../wording/time'

export interface StandingRow {
  id: string
  name: string
  phone: string
  earned: number
  /** 现有80分，服务3小时 */
  rest: string
}

export function toRow({ person, earned, balance, service_minutes }: Standing): StandingRow {
  const served = service_minutes ? `，服务${minutesText(service_minutes)}` : ''
  return { id: person.id, name: person.name, phone: person.phone_masked ?? '', earned, rest: `现有${balance}分${served}` }
}
