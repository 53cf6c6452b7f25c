import { loading, loadInto } from '../../../behaviors/loading'
import { getTeam } from '../../../services/contract/team'
import { me } from '../../../services/me'
import { ledTeams, toTeamRow, type TeamRow } from '../team-view'
import { groupsOf, ledActivities, type LedGroup } from './led-activities'

/** A leader's activities: what goes on now first. */
Page({
  data: { ...loading, teams: [] as TeamRow[], groups: [] as LedGroup[] },

  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  async load() {
    await loadInto(this, async () => {
      const person = await me()
      const [teams, activities] = await Promise.all([Promise.all(ledTeams(person).map(getTeam)), ledActivities(person)])
      return { teams: teams.map(toTeamRow), groups: groupsOf(activities) }
    })
  },
})
