import type { Setting, Settings, SettingsChange } from '../../../services/contract/region'
import { moment } from '../../../wording/time'

export type Value = boolean | number | string

export interface SettingRow {
  name: string
  title: string
  meaning: string
  kind: Setting['kind']
  value: Value
  text: string
  unit: string
  bounds: string
  /** What would hold if the community had set nothing. */
  note: string
}

export interface SettingGroup {
  name: string
  rows: SettingRow[]
}

/** The groups and their rows in the order in which the server tells them. */
export function toGroups(all: Setting[], settings: Settings): SettingGroup[] {
  const values = settings as unknown as Record<string, Value>
  const groups: SettingGroup[] = []
  for (const setting of all) {
    const row = toRow(setting, values[setting.name])
    const last = groups[groups.length - 1]
    if (last?.name === setting.group) last.rows.push(row)
    else groups.push({ name: setting.group, rows: [row] })
  }
  return groups
}

function toRow(setting: Setting, value: Value): SettingRow {
  const { name, title, meaning, kind, unit = '', least = 0, most = 0 } = setting
  const usual = valueText(setting, setting.default as Value)
  return {
    name,
    title,
    meaning,
    kind,
    value,
    text: valueText(setting, value),
    unit,
    bounds: kind === 'number' ? `${least}到${most}${unit}` : '',
    note: value === setting.default ? `默认：${usual}` : `改过。默认：${usual}`,
  }
}

export function valueText({ kind, unit = '' }: Pick<Setting, 'kind' | 'unit'>, value: Value): string {
  if (kind === 'switch') return value ? '打开' : '关着'
  return kind === 'number' ? `${value}${unit}` : String(value)
}

export interface ChangeRow {
  id: string
  lines: string[]
  reason: string
  by: string
}

/** A change in words: 可以要求拍照：关着 改为 打开. */
export const toChangeRow =
  (all: Setting[]) =>
  ({ id, values, reason, actor_name, at }: SettingsChange): ChangeRow => ({
    id,
    lines: values.map(({ name, before, after }) => {
      const setting = all.find((one) => one.name === name)
      const [from, to] = [before, after].map((value) => (setting ? valueText(setting, value as Value) : String(value)))
      return `${setting?.title ?? name}：${from} 改为 ${to}`
    }),
    reason,
    by: `${actor_name}，${moment(at)}`,
  })
