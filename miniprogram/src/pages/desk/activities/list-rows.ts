import type { Page } from '../../../services/call'
import { listActivities, listAttendance, type Activity } from '../../../services/contract/team'
import { oddFirst, toRow, type ActivityRow } from './activity-row'

/** More odd cases than that are told as that many. */
const mostOdd = 100

/** A page of the list. Of those that wait for a confirmation, the ones with odd cases come first. */
export async function listRows(query: { region_id: string; state: Activity['state']; cursor?: string }): Promise<Page<ActivityRow>> {
  const { items, next_cursor } = await listActivities(query)
  const rows = items.map(toRow)
  if (query.state !== 'closed') return { items: rows, next_cursor }
  return { items: oddFirst(await Promise.all(rows.map(withOdd))), next_cursor }
}

async function withOdd(row: ActivityRow): Promise<ActivityRow> {
  const { items } = await listAttendance(row.id, { flagged: true, limit: mostOdd })
  return { ...row, odd: items.length }
}
