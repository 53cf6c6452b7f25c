import { getSettings } from '../../services/contract/region'

/** Off until the community turns it on, and nobody has one without a home. */
export const hasLeaderboard = async (community: string): Promise<boolean> => community !== '' && (await getSettings(community)).leaderboard
