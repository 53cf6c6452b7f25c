/**
 * Acting for a person without a phone: after a card is scanned, every call is made for its person, with the
 * helper recorded beside, until the helper ends it. It is not kept over a restart: a phone handed on must
 * not go on acting for somebody.
 */
export interface Helped {
  name: string
  cardToken: string
}

let helped: Helped | undefined

export const helping = (): Helped | undefined => helped

export function startHelping(person: Helped): void {
  helped = person
}

export function endHelping(): void {
  helped = undefined
}

export const helpingHeaders = (): Record<string, string> => (helped ? { 'X-Card': helped.cardToken } : {})
