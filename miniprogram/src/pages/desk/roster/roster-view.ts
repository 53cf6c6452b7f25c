import type { Import, Preview, Shown } from '../../../services/contract/roster'
import { moment, timeLeft } from '../../../wording/time'

export type Outcome = Shown['outcome']
type Field = NonNullable<Shown['changes']>[number]['field']

const fieldNames: Record<Field, string> = {
  name: '姓名',
  phone: '手机号',
  home: '住在',
  verified: '住址',
  party_member: '政治面貌',
  household: '户',
  relation: '与户主关系',
  contact: '联系党员',
}

export interface RosterRow {
  row: number
  title: string
  name: string
  lines: string[]
  fault: string
}

export const toRow = ({ row, name, phone_masked, changes, message }: Shown): RosterRow => ({
  row,
  title: `第${row}行`,
  name: [name, phone_masked].filter(Boolean).join(' ') || '（没有姓名）',
  lines: (changes ?? []).map(({ field, before, after }) => changeText(fieldNames[field], before, after)),
  fault: message ?? '',
})

function changeText(field: string, before: string, after: string): string {
  if (!before) return `${field}：${after}`
  return after ? `${field}：${before} 改为 ${after}` : `${field}：${before} 去掉`
}

export interface Choice {
  code: Outcome
  name: string
}

/** What the rows can be looked at by: faults first, and only what there is. */
export function choicesOf({ faults, created, updated, unchanged }: Preview): Choice[] {
  const all: [Outcome, string, number][] = [
    ['fault', '有问题', faults],
    ['created', '新增', created],
    ['updated', '更新', updated],
    ['unchanged', '不变', unchanged],
  ]
  return all.filter(([, , count]) => count > 0).map(([code, name, count]) => ({ code, name: `${name} ${count}` }))
}

/** What is wrong, in one sentence; '' when nothing is. */
export const faultNote = ({ faults }: Preview): string => (faults ? `有${faults}行需要改。在表格里改好，再选一次文件。` : '')

export function previewNotes(preview: Preview): string[] {
  const { sheet, other_sheets, columns, ignored_columns, new_households } = preview
  return [
    sheet ? `读的是「${sheet}」这一页${other_sheets?.length ? `，没有读：${other_sheets.join('、')}` : ''}` : '',
    `认出的列：${columns.map(({ heading }) => heading).join('、')}`,
    ignored_columns?.length ? `没有读、也不会留下的列：${ignored_columns.join('、')}` : '',
    new_households ? `新建${new_households}户` : '',
  ].filter(Boolean)
}

export interface ImportRow {
  id: string
  fileName: string
  when: string
  counts: string
  /** '' once it cannot be undone. */
  undoLeft: string
  undone: string
}

export function toImport(one: Import, now = new Date()): ImportRow {
  const { id, file_name, imported_by_name, imported_at, created, updated, faults, undo_until, undone_at, undone_by_name, undone } = one
  const counts = [`新增${created}人`, `更新${updated}人`, faults ? `${faults}行没有导入` : ''].filter(Boolean).join('，')
  const canUndo = !undone_at && new Date(undo_until).getTime() > now.getTime()
  return {
    id,
    fileName: file_name,
    when: `${moment(imported_at, now)}，${imported_by_name}`,
    counts,
    undoLeft: canUndo ? timeLeft(undo_until, now) : '',
    undone: undone_at ? `${moment(undone_at, now)}由${undone_by_name ?? ''}撤销，${undone}人回到原样` : '',
  }
}

/** What an undo left, a line each. */
export const leftLines = ({ left }: Import): string[] =>
  (left ?? []).map(({ row, name, message }) => `${row ? `第${row}行 ` : ''}${name || '一位居民'}：${message}`)
