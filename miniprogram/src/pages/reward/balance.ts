import { getMyPoints } from '../../services/contract/points'

/** What a person can spend in a community: points are spent where they were earned. */
export async function balanceIn(communityId: string): Promise<number> {
  const { accounts } = await getMyPoints()
  return accounts.find(({ region_id }) => region_id === communityId)?.balance ?? 0
}
