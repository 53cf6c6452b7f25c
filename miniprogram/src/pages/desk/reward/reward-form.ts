import type { Change, NewReward, Reward } from '../../../services/contract/reward'
import { clock, dayName, instant, pickerDate } from '../../../wording/time'

/** Who hands it out. */
export type Who = 'desk' | 'organisation' | 'provider'

/** What is typed and chosen on the page, as it stands there. */
export interface RewardForm {
  kind: Reward['kind']
  title: string
  description: string
  place: string
  price: string
  stock: string
  limit: string
  untilDate: string
  untilTime: string
  fetchDays: string
  who: Who
  organisationId: string
  providerId: string
  providerName: string
  /** In yuan, as it is typed. */
  owed: string
}

const daysOpen = 30
const evening = '18:00'
const dayMilliseconds = 86_400_000
const fenInAYuan = 100

export const untilDayOf = ({ untilDate }: RewardForm): string => dayName(instant(untilDate, '12:00'))

/** A month to redeem, a week to fetch, one a person, handed out by the desk. */
export function emptyForm(now = new Date()): RewardForm {
  return {
    kind: 'goods',
    title: '',
    description: '',
    place: '',
    price: '20',
    stock: '10',
    limit: '1',
    untilDate: pickerDate(new Date(now.getTime() + daysOpen * dayMilliseconds)),
    untilTime: evening,
    fetchDays: '7',
    who: 'desk',
    organisationId: '',
    providerId: '',
    providerName: '',
    owed: '',
  }
}

export function formOf(reward: Reward): RewardForm {
  return {
    kind: reward.kind,
    title: reward.title,
    description: reward.description,
    place: reward.place,
    price: String(reward.price),
    stock: String(reward.stock),
    limit: String(reward.per_person_limit),
    untilDate: pickerDate(new Date(reward.redeem_until)),
    untilTime: clock(reward.redeem_until),
    fetchDays: String(reward.fetch_days),
    who: whoOf(reward),
    organisationId: reward.organisation_id ?? '',
    providerId: reward.provider_id ?? '',
    providerName: reward.provider_name ?? '',
    owed: reward.owed_fen ? String(reward.owed_fen / fenInAYuan) : '',
  }
}

function whoOf({ organisation_id, provider_id }: Reward): Who {
  if (organisation_id) return 'organisation'
  return provider_id ? 'provider' : 'desk'
}

/** What may change of a reward that is published; the rest is a promise. */
export const publishedChangeOf = (form: RewardForm, photo_ids: string[]): Change => ({
  title: form.title,
  description: form.description,
  place: form.place,
  stock: Number(form.stock),
  redeem_until: instant(form.untilDate, form.untilTime),
  photo_ids,
})

export const draftChangeOf = (form: RewardForm, photo_ids: string[]): Change => ({ ...publishedChangeOf(form, photo_ids), ...termsOf(form) })

export const newRewardOf = (form: RewardForm, region_id: string, photo_ids: string[]): NewReward => ({
  region_id,
  title: form.title,
  description: form.description,
  place: form.place,
  stock: Number(form.stock),
  redeem_until: instant(form.untilDate, form.untilTime),
  photo_ids,
  ...termsOf(form),
  draft: true,
})

function termsOf(form: RewardForm) {
  const isOrganisations = form.who === 'organisation'
  return {
    kind: form.kind,
    price: Number(form.price),
    per_person_limit: Number(form.limit),
    fetch_days: Number(form.fetchDays),
    organisation_id: isOrganisations ? form.organisationId : '',
    provider_id: form.who === 'provider' ? form.providerId : '',
    owed_fen: isOrganisations ? Math.round(Number(form.owed || 0) * fenInAYuan) : 0,
  }
}

/** What is still to be chosen before it can be kept; '' for nothing. */
export function missingIn({ who, organisationId, providerId }: RewardForm): string {
  if (who === 'organisation' && !organisationId) return '请选哪家商户或单位来兑付'
  return who === 'provider' && !providerId ? '请选哪位邻居来做' : ''
}
