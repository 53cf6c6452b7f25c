import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { getPerson } from '../../../services/contract/person'
import { grantRole, listOrganisations, listRegions, listRoleGrants, revokeRole, type Region } from '../../../services/contract/region'
import { listTeams } from '../../../services/contract/team'
import { hasRole, me } from '../../../services/me'
import { placeOr } from '../desk-place'
import { named, newGrant, rolesAt, rowsOf, targetsOf, type GrantRow, type Named, type Places, type RoleCode } from './role-view'

const known = new WeakMap<object, Places>()

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    rows: [] as GrantRow[],
    giving: false,
    person: null as null | Named,
    roles: [] as { role: RoleCode; name: string }[],
    role: '' as RoleCode | '',
    targets: [] as Named[],
    target: '',
    foundsTeams: false,
    /** What the page was opened to give, until that is on show. */
    asked: { personId: '', role: '' as RoleCode | '', target: '' },
  },

  onLoad({ region_id = '', person_id: personId = '', role = '', target = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id, asked: { personId, role: role as RoleCode | '', target } })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const [places, person] = await Promise.all([placeOr(this.data.place.id).then(placesAt), me()])
      known.set(this, places)
      const { id, name } = places.here
      const rows = rowsOf(await grantsAt(places), places)
      const foundsTeams = hasRole(person, 'secretary', 'admin')
      return { place: { id, name }, roles: rolesAt(places.here), rows, foundsTeams, ...(await this.startWithAsked(places)) }
    })
  },
  async startWithAsked(places: Places) {
    const { personId, role, target } = this.data.asked
    if (!personId && !role) return {}
    const person = personId ? named(await getPerson(personId)) : null
    const targets = targetsOf(role, places).filter(({ id }) => !target || id === target)
    return { asked: { personId: '', role: '', target: '' }, giving: true, person, role, targets, target }
  },

  startGiving() {
    this.setData({ giving: true, person: null, role: '', targets: [], target: '' })
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
  leaveGiving() {
    this.setData({ giving: false })
  },
  choosePerson(event: WechatMiniprogram.CustomEvent<Named>) {
    this.setData({ person: event.detail })
  },
  forgetPerson() {
    this.setData({ person: null })
  },
  chooseRole(event: WechatMiniprogram.TouchEvent) {
    const places = known.get(this)
    const { role } = this.data.roles[Number(event.currentTarget.dataset.index)]
    if (!places) return
    const targets = targetsOf(role, places)
    this.setData({ role, targets, target: targets.length === 1 ? targets[0].id : '' })
  },
  chooseTarget(event: WechatMiniprogram.TouchEvent) {
    this.setData({ target: this.data.targets[Number(event.currentTarget.dataset.index)].id })
  },

  async give() {
    const { person, role, target } = this.data
    if (!person || !role || !target) {
      void wx.showToast({ title: '请选好人、角色，和是哪里的', icon: 'none', duration: 2500 })
      return
    }
    const grant = await send(this, () => grantRole(newGrant(person.id, role, target)), `已给${person.name}`)
    if (!grant) return
    this.setData({ giving: false })
    await this.load()
  },
  async revoke(event: WechatMiniprogram.TouchEvent) {
    const row = this.data.rows[Number(event.currentTarget.dataset.index)]
    if (!(await sure('收回这个角色？', `${row.person}不再是${row.of}的${row.role}，收回会留下记录`, '收回'))) return
    const revoked = await send(this, () => revokeRole(row.id).then(() => true), '已收回')
    if (revoked) await this.load()
  },
})

async function placesAt(here: Region): Promise<Places> {
  const id = here.id
  const isCommunity = here.kind === 'community'
  const [below, teams, organisations] = await Promise.all([
    wholeList((cursor) => listRegions({ parent_id: id, limit: 100, cursor })),
    isCommunity ? wholeList((cursor) => listTeams({ region_id: id, limit: 100, cursor })) : [],
    isCommunity ? wholeList((cursor) => listOrganisations({ region_id: id, limit: 100, cursor })) : [],
  ])
  return { here, below, teams, organisations }
}

async function grantsAt({ here, below }: Places) {
  const lists = await Promise.all([here, ...below].map(({ id }) => wholeList((cursor) => listRoleGrants(id, { limit: 100, cursor }))))
  return lists.flat()
}
