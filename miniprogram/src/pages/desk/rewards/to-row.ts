import type { Reward } from '../../../services/contract/reward'
import { moment } from '../../../wording/time'

export interface RewardRow {
  id: string
  title: string
  stock: string
  price: string
  until: string
}

export const whoFulfils = ({ organisation_name, provider_name }: Reward): string =>
  organisation_name || (provider_name ? `邻居 ${provider_name}` : '社区自己发')

export function toRow(reward: Reward): RewardRow {
  return {
    id: reward.id,
    title: reward.title,
    stock: `${reward.stock} 份，已兑 ${reward.stock - reward.stock_left} 份`,
    price: `${reward.price} 分，${whoFulfils(reward)}`,
    until: reward.state === 'closed' ? '' : `兑换到 ${moment(reward.redeem_until)}`,
  }
}
