import type { Card } from '../../../services/contract/person'
import { dayName } from '../../../wording/time'

/** Somebody on the page of ten. */
export interface Holder {
  id: string
  name: string
  /** Cards in use, made before this page was opened or on it. */
  cards: { id: string; issued: string }[]
  /** What the new card's QR holds; '' until it is made. The server tells it once. */
  qrText: string
  newCardId: string
  failure: string
}

export const holderOf = (id: string, name: string, cards: Card[]): Holder => ({
  id,
  name,
  cards: cards.filter(({ revoked_at }) => !revoked_at).map(toLine),
  qrText: '',
  newCardId: '',
  failure: '',
})

export const toLine = ({ id, issued_at }: Card) => ({ id, issued: `${dayName(issued_at)}制的卡` })

/** What to ask before cards are made: a card is no replacement, the old ones go on. */
export function questionBefore(waiting: Holder[]): string {
  const having = waiting.filter(({ cards }) => cards.length).map(({ name, cards }) => `${name}已有${cards.length}张`)
  const once = '二维码只在这一页显示，离开前请打印或存到相册'
  return having.length ? `${having.join('，')}。再制一张，旧卡还能用；旧卡丢了，请先挂失。${once}` : once
}
