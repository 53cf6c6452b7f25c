import { ApiError } from '../../services/api-error'
import { getRegion, type Region } from '../../services/contract/region'
import { me, regionsOfRole } from '../../services/me'
import { isCommunity, placeOr } from './desk-place'

/** The community that a page is about. Rejects for who works for more than one and has not said which. */
export async function deskCommunity(regionId = ''): Promise<Region> {
  const place = await placeOr(regionId)
  if (isCommunity(place)) return place
  throw new ApiError({ code: 'region.not_community', detail: '请先在「各社区」里选一个社区，再打开这一页' })
}

/** Where a person looks after people: a grid worker has no desk, but people to know. */
export const peoplePlace = (regionId = ''): Promise<Region> => placeOrOf('grid_worker', regionId)

/** Where a person reviews what was handed in: a leader has no desk, but the community of a team. */
export const reviewPlace = (): Promise<Region> => placeOrOf('leader')

async function placeOrOf(role: string, regionId = ''): Promise<Region> {
  if (regionId) return placeOr(regionId)
  const [region] = regionsOfRole(await me(), role)
  return placeOr().catch((error: unknown) => {
    if (region) return getRegion(region)
    throw error
  })
}
