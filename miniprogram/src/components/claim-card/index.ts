import type { Claim } from '../../services/contract/task'
import { toClaimRow, type ClaimRow } from './claim-row'

/** One of my claims in a list; a tap opens it. */
Component({
  properties: { claim: { type: Object, value: {} as Claim } },
  data: { row: null as ClaimRow | null },
  observers: {
    claim(claim: Claim) {
      this.setData({ row: claim?.id ? toClaimRow(claim) : null })
    },
  },
})
