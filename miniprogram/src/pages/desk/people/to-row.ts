import type { Person } from '../../../services/contract/person'
import { checkedHomeText } from '../people-view'

export interface PersonRow {
  id: string
  name: string
  home: string
  contact: string
  toVerify: boolean
}

export const toRow = (person: Person): PersonRow => ({
  id: person.id,
  name: person.name || '还没有写姓名',
  home: checkedHomeText(person),
  contact: contactOf(person),
  toVerify: !!person.home && !person.home.verified,
})

function contactOf({ phone_masked, has_wechat }: Person): string {
  const phone = phone_masked || '没有留手机号'
  return has_wechat ? phone : `${phone}，不用微信`
}
