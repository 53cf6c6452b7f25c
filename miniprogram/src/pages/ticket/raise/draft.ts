import type { NewTicket } from '../../../services/contract/ticket'

/** What a person has written and not sent yet; it stays on this phone. */
export interface Draft {
  category: NewTicket['category'] | ''
  text: string
  place: string
  showName: boolean
}

export const emptyDraft: Draft = { category: '', text: '', place: '', showName: true }

/** A helper writes for several people on one phone: each has a draft of their own. */
const storageKey = (personId: string): string => `ticket-draft-${personId}`

export const keptDraft = (personId: string): Draft => ({
  ...emptyDraft,
  ...(wx.getStorageSync<Partial<Draft> | ''>(storageKey(personId)) || {}),
})

export const keepDraft = (personId: string, draft: Draft): void => wx.setStorageSync(storageKey(personId), draft)

export const dropDraft = (personId: string): void => wx.removeStorageSync(storageKey(personId))
