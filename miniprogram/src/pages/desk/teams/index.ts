import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { listOrganisations, type Organisation } from '../../../services/contract/region'
import { listTeams, type Team } from '../../../services/contract/team'
import { hasRole, me } from '../../../services/me'
import { organisationKinds, teamKinds } from '../../../wording/names'
import { deskCommunity } from '../desk-community'

/** What a community has to give roles of: its teams and its organisations. */
Page({
  data: {
    ...loading,
    community: { id: '', name: '' },
    foundsTeams: false,
    teams: [] as ReturnType<typeof toTeamRow>[],
    organisations: [] as ReturnType<typeof toOrganisationRow>[],
  },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'community.id': region_id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const { id, name } = await deskCommunity(this.data.community.id)
      const [teams, organisations, person] = await Promise.all([
        wholeList((cursor) => listTeams({ region_id: id, limit: 100, cursor })),
        wholeList((cursor) => listOrganisations({ region_id: id, limit: 100, cursor })),
        me(),
      ])
      return {
        community: { id, name },
        foundsTeams: hasRole(person, 'secretary', 'admin'),
        teams: teams.map(toTeamRow),
        organisations: organisations.map(toOrganisationRow),
      }
    })
  },
})

const toTeamRow = ({ id, name, kind, leaders }: Team) => ({
  id,
  name,
  kind: teamKinds[kind] ?? '',
  leaders: leaders.length ? `队长 ${leaders.map((leader) => leader.name).join('、')}` : '还没有队长',
})

const toOrganisationRow = ({ id, name, kind }: Organisation) => ({ id, name, kind: organisationKinds[kind] ?? '' })
