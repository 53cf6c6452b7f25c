import { loading, loadInto } from '../../../behaviors/loading'
import { getTeam } from '../../../services/contract/team'
import { keepLeading, keptLeading } from '../../../services/kept-leading'
import { me } from '../../../services/me'
import { ledTeams, toTeamRow, type TeamRow } from '../team-view'
import { groupsOf, ledActivities, type LedGroup } from './led-activities'

/** How long the leader waits for the server before what was led the last time is shown. */
const patience = 3000

/** A leader's activities: what goes on now first. */
Page({
  data: { ...loading, teams: [] as TeamRow[], groups: [] as LedGroup[], isKept: false },

  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  async load() {
    const late = setTimeout(() => this.showKept(), patience)
    await loadInto(this, async () => {
      const person = await me()
      const [teams, activities] = await Promise.all([Promise.all(ledTeams(person).map(getTeam)), ledActivities(person)])
      keepLeading(activities)
      return { teams: teams.map(toTeamRow), groups: groupsOf(activities), isKept: false }
    })
    clearTimeout(late)
    if (this.data.state === 'failed') this.showKept()
  },
  /** Without a signal, or with a weak one, the way to the scanner is open all the same. */
  showKept() {
    const kept = keptLeading()
    if (this.data.state !== 'ready' && kept.length) this.setData({ groups: groupsOf(kept), isKept: true, state: 'ready' })
  },
})
