import type { Ticket } from '../../services/contract/ticket'
import { toParts, type Part } from './parts'

/**
 * The form of four parts as it is being filled: each with who, when, what and photos. The part that is open
 * now stands out; what has been written stays as it was.
 */
Component({
  properties: { ticket: { type: Object, value: {} as Ticket } },
  data: { parts: [] as Part[] },
  observers: {
    ticket(ticket: Ticket) {
      this.setData({ parts: ticket?.id ? toParts(ticket) : [] })
    },
  },
})
