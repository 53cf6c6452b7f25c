import type { Certificate, Check } from '../../services/contract/figures'
import { gradeText } from '../../wording/grades'
import { dayName, minutesText } from '../../wording/time'

export interface CertificateRow {
  number: string
  name: string
  period: string
  hours: string
  grade: string
  issued: string
  /** What is to be said of it that is not as it was. */
  note: string
  isUsable: boolean
  qrText: string
  paperUrl: string
}

const notes: Record<Certificate['state'], string> = {
  valid: '',
  corrected: '开具以后时长有更正，别人核对时会看到。可以收回后重新开一张。',
  revoked: '已经收回，不再有效',
}

export const toRow = (one: Certificate): CertificateRow => ({
  number: one.number,
  name: one.name,
  period: one.period_title,
  hours: minutesText(one.minutes),
  grade: one.grade ? gradeText(one.grade, one.minutes).name : '',
  issued: `${dayName(one.issued_at)}开具`,
  note: notes[one.state],
  isUsable: one.state !== 'revoked',
  qrText: one.qr_text,
  paperUrl: one.paper_url ?? '',
})

export interface CheckView {
  verdict: string
  isGood: boolean
  lines: { name: string; text: string }[]
}

export function toCheck(check: Check): CheckView {
  const { number, state, verdict, name, period_title, minutes, minutes_now, grade, issued_on } = check
  const lines = [
    { name: '编号', text: number },
    { name: '姓名', text: name ?? '' },
    { name: '时间', text: period_title ?? '' },
    { name: '证书上的时长', text: minutes ? minutesText(minutes) : '' },
    { name: '更正以后的时长', text: state === 'corrected' ? minutesText(minutes_now) : '' },
    { name: '星级', text: grade ? gradeText(grade, 0).name : '' },
    { name: '开具日期', text: issued_on ?? '' },
  ]
  return { verdict, isGood: state === 'valid', lines: lines.filter(({ text }) => text) }
}
