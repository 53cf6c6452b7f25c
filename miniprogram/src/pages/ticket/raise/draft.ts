import type { NewTicket } from '../../../services/contract/ticket'

/** What a person has written and not sent yet; it stays on this phone. */
export interface Draft {
  category: NewTicket['category'] | ''
  text: string
  place: string
  showName: boolean
}

export const emptyDraft: Draft = { category: '', text: '', place: '', showName: true }

const storageKey = 'ticket-draft'

/** The draft of this person; that of somebody else on the same phone is not shown to them. */
export function keptDraft(personId: string): Draft {
  const kept = wx.getStorageSync<{ personId: string; draft: Draft } | ''>(storageKey)
  return kept && kept.personId === personId ? { ...emptyDraft, ...kept.draft } : emptyDraft
}

export function keepDraft(personId: string, draft: Draft): void {
  wx.setStorageSync(storageKey, { personId, draft })
}

export function dropDraft(): void {
  wx.removeStorageSync(storageKey)
}
