import { agreeToNotices, listNoticeTemplates, type Asking } from './contract/notice'
import { helping } from './helping'

/** The moments at which a person is asked whether WeChat may tell them. */
export type Moment =
  | 'claim_taken'
  | 'claim_submitted'
  | 'signed_up'
  | 'ticket_raised'
  | 'ticket_backed'
  | 'dispute_raised'
  | 'redeemed'
  | 'volunteering'
  | 'working'

/** What may be asked for, and how often the person may still be told; nothing while somebody acts by a card. */
export async function asking(): Promise<Asking> {
  return helping() ? { templates: [], moments: {} } : listNoticeTemplates()
}

/**
 * Has WeChat ask the person, and tells the server what they agreed to. It must be called right in the handler of a
 * tap: WeChat asks at no other time. Gives what holds from now on, or undefined when the person would rather not.
 */
export async function askToTell(templateIds: string[]): Promise<Asking | undefined> {
  const answers = await answersTo(templateIds)
  const accepted = templateIds.filter((id) => answers[id] === 'accept')
  return accepted.length ? agreeToNotices({ accepted }) : undefined
}

/** No answer, such as where messages are switched off for the whole mini-program, is none. */
async function answersTo(tmplIds: string[]): Promise<Record<string, string>> {
  try {
    return (await wx.requestSubscribeMessage({ tmplIds })) as unknown as Record<string, string>
  } catch {
    return {}
  }
}
