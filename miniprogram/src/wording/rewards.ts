import type { Reward } from '../services/contract/reward'

/** What people call the states of rewards and redemptions, and how they write a code and money. */

export const rewardStates: Record<string, string> = { draft: '草稿', published: '兑换中', closed: '已结束' }

export const rewardKinds: Record<string, string> = { goods: '东西', service: '服务' }

export const redemptionStates: Record<string, string> = {
  redeemed: '等您领取',
  fulfilled: '已领取',
  cancelled: '已取消',
  expired: '过期没领',
}

/** Who hands a reward out: a merchant, a neighbour, or the community. */
export const whoFulfils = ({ organisation_name, provider_name }: Pick<Reward, 'organisation_name' | 'provider_name'>): string =>
  organisation_name || (provider_name ? `邻居 ${provider_name}` : '社区')

/** 1234567890 is 123 456 7890, as phone numbers are read out. */
export const codeGroups = (code: string): string => [code.slice(0, 3), code.slice(3, 6), code.slice(6)].filter(Boolean).join(' ')

/** 1500 is 15元, 1550 is 15.50元. */
export const yuan = (fen: number): string => `${fen % 100 ? (fen / 100).toFixed(2) : fen / 100}元`
