import { isRefused, refusalOf, type KeptScan, type ScanKind, type ScanResult } from '../../../services/waiting-scans'
import { moment } from '../../../wording/time'

export interface ScanRow {
  id: string
  name: string
  text: string
  /** How it is marked: taken, refused, or kept on the phone for now. */
  mark: 'taken' | 'refused' | 'kept'
}

const verbs: Record<ScanKind, string> = { in: '签到', out: '签退' }

export function rowOf(result: ScanResult, kind: ScanKind): ScanRow {
  const row = { id: result.scan_id, name: result.person_name || '这张码' }
  if (isRefused(result)) return { ...row, text: refusalOf(result), mark: 'refused' }
  const isRepeat = result.outcome === 'duplicate' && !result.first_outcome
  return { ...row, text: isRepeat ? `已经${verbs[kind]}过了` : `${verbs[kind]}成功`, mark: 'taken' }
}

export const keptRow = ({ scan_id, kind }: KeptScan): ScanRow => ({
  id: scan_id,
  name: '已记下',
  text: `${verbs[kind]}，有信号以后发送`,
  mark: 'kept',
})

export interface RefusedRow {
  id: string
  title: string
  reason: string
}

export const toRefusedRow = ({ scan_id, name, kind, at, refusal }: KeptScan): RefusedRow => ({
  id: scan_id,
  title: `${name || '不知道是谁'} · ${moment(at)} 扫码${verbs[kind]}`,
  reason: refusal ?? '',
})
