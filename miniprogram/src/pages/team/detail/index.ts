import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { getTeam, joinTeam, leaveTeam, listActivities, type Activity, type Team } from '../../../services/contract/team'
import { homeCommunity, me } from '../../../services/me'
import { toActivityRow, type ActivityRow } from '../../../wording/activities'
import { ledTeams, leads, toTeamRow, type TeamRow } from '../team-view'

/** A team: who leads it, what it does, joining and leaving. */
Page({
  data: {
    ...loading,
    busy: false,
    team: {} as TeamRow,
    mine: '' as Team['mine'] | '',
    mayJoin: false,
    isLeader: false,
    isDesk: false,
    items: [] as ActivityRow[],
    cursor: '',
  },
  id: '',

  onLoad({ id = '' }: { id?: string }) {
    this.id = id
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy<Activity, ActivityRow>(this, (cursor) => listActivities({ team_id: this.id, cursor }), (item) => toActivityRow(item))
  },
  async load() {
    await loadInto(this, async () => {
      const [team, person, activities] = await Promise.all([getTeam(this.id), me(), listActivities({ team_id: this.id })])
      return {
        team: toTeamRow(team),
        mine: team.mine ?? '',
        mayJoin: homeCommunity(person) === team.region_id && (!team.mine || team.mine === 'refused'),
        isLeader: ledTeams(person).includes(team.id),
        isDesk: leads(person, { team_id: team.id, region_id: team.region_id }),
        ...firstPage(activities, (item) => toActivityRow(item)),
      }
    })
  },
  async join() {
    await send(this, () => joinTeam(this.id), '申请已送到，等队长同意')
    await this.load()
  },
  async leave() {
    const isWaiting = this.data.mine === 'pending'
    if (!(await sure(isWaiting ? '撤回入队申请？' : '退出这支队？', isWaiting ? '以后可以再申请' : '您的服务时长和积分都会保留'))) return
    await send(this, () => leaveTeam(this.id), isWaiting ? '已撤回' : '已退出')
    await this.load()
  },
})
