import type { Person } from '../services/contract/person'

/** The community and the grid that somebody lives in; '' without a home. */
export const homeText = ({ home }: Pick<Person, 'home'>): string =>
  home ? [home.community_name, home.grid_name].filter(Boolean).join(' ') : ''
