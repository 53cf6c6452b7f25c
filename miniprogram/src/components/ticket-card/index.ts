import { send } from '../../behaviors/sending'
import { voteTicket, type Ticket } from '../../services/contract/ticket'
import { toTicketRow, type TicketRow } from './ticket-row'

/**
 * A ticket in a list; a tap opens it. With `backing` a neighbour can back it here; event `voice` then gives
 * `{id}`.
 */
Component({
  properties: {
    ticket: { type: Object, value: {} as Ticket },
    /** The page that a tap opens: detail for residents, work for assignees. */
    page: { type: String, value: 'detail' },
    backing: { type: Boolean, value: false },
    backWord: { type: String, value: '附议' },
  },
  data: { row: undefined as TicketRow | undefined, busy: false },
  observers: {
    ticket(ticket: Ticket) {
      this.setData({ row: ticket?.id ? toTicketRow(ticket) : undefined })
    },
  },
  methods: {
    async back() {
      const ticket = this.data.ticket as Ticket
      const voice = await send(this, () => voteTicket(ticket.id), '已附议，谢谢您')
      if (!voice) return
      this.setData({ row: toTicketRow({ ...ticket, ...voice }) })
      this.triggerEvent('voice', { id: ticket.id })
    },
  },
})
