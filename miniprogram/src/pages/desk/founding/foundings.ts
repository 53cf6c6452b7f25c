import { createOrganisation, type NewOrganisation } from '../../../services/contract/region'
import { createTeam, type NewTeam } from '../../../services/contract/team'
import { organisationKinds, teamKinds } from '../../../wording/names'
import type { RoleCode } from '../roles/role-view'

export type What = 'team' | 'organisation'

interface Founding {
  title: string
  label: string
  example: string
  kinds: { kind: string; name: string }[]
  /** What whoever stands for it is given next. */
  role: RoleCode
  done: string
  found: (regionId: string, name: string, kind: string) => Promise<{ id: string }>
}

const choicesOf = (names: Record<string, string>) => Object.entries(names).map(([kind, name]) => ({ kind, name }))

export const foundings: Record<What, Founding> = {
  team: {
    title: '建一支服务队',
    label: '队名',
    example: '比如：三湾街清洁队',
    kinds: choicesOf(teamKinds),
    role: 'leader',
    done: '建好了，请选一位队长',
    found: (region_id, name, kind) => createTeam({ region_id, name, kind: kind as NewTeam['kind'] }),
  },
  organisation: {
    title: '登记一家单位',
    label: '单位名称',
    example: '比如：三湾街理发店',
    kinds: choicesOf(organisationKinds),
    role: 'assignee',
    done: '登记好了，请选一位承办人',
    found: (region_id, name, kind) => createOrganisation({ region_id, name, kind: kind as NewOrganisation['kind'] }),
  },
}
