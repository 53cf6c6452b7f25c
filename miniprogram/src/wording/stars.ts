/** The five stars, of villages and of urban communities. Where the list differs, the region says which apply. */
export interface Star {
  star: string
  name: string
  /** Dark enough for white text on it and for text of its own on white: 4.5 to 1 and more. */
  color: string
}

const all: Star[] = [
  { star: 'strong_branch', name: '支部过硬', color: '#b3131b' },
  { star: 'thriving_industry', name: '产业兴旺', color: '#8a5200' },
  { star: 'thriving_business', name: '宜业兴业', color: '#8a5200' },
  { star: 'livable_ecology', name: '生态宜居', color: '#1b6e37' },
  { star: 'safety_law', name: '平安法治', color: '#1a56a8' },
  { star: 'civility', name: '文明幸福', color: '#7c2f86' },
  { star: 'harmony', name: '幸福和谐', color: '#7c2f86' },
]

/** A star by its code. One that this version does not know is shown without a name. */
export const starOf = (star = ''): Star => all.find((known) => known.star === star) ?? { star, name: '', color: '#5b5b5b' }

/** The order in which the stars are always named. */
export const byStarOrder = (one: Star, other: Star): number => all.indexOf(one) - all.indexOf(other)

export const starsOf = (communityKind: 'village' | 'urban'): Star[] => {
  const others = communityKind === 'village' ? ['thriving_business', 'harmony'] : ['thriving_industry', 'civility']
  return all.filter(({ star }) => !others.includes(star))
}
