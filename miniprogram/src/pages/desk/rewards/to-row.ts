import type { Reward } from '../../../services/contract/reward'
import { whoFulfils } from '../../../wording/rewards'
import { moment } from '../../../wording/time'

export interface RewardRow {
  id: string
  title: string
  stock: string
  price: string
  until: string
}

export function toRow(reward: Reward): RewardRow {
  return {
    id: reward.id,
    title: reward.title,
    stock: `${reward.stock} 份，已兑 ${reward.stock - reward.stock_left} 份`,
    price: `${reward.price} 分，由${whoFulfils(reward)}提供`,
    until: reward.state === 'closed' ? '' : `兑换到 ${moment(reward.redeem_until)}`,
  }
}
