import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy, type Paged } from '../../../behaviors/paging'
import type { Page as PageOf } from '../../../services/call'
import { listActivities, listMyActivities, listTeams, type Activity, type Team } from '../../../services/contract/team'
import { homeCommunity, me, regionsOfRole } from '../../../services/me'
import { toActivityRow, type ActivityRow } from '../../../wording/activities'
import { ledTeams, toTeamRow, type TeamRow } from '../team-view'

type Which = 'activities' | 'mine' | 'teams'

/** What is on the community's calendar, what I signed up for, and the teams. */
Page({
  data: {
    ...loading,
    which: 'activities' as Which,
    choices: [
      { which: 'activities', name: '近期活动' },
      { which: 'mine', name: '我的活动' },
      { which: 'teams', name: '服务队' },
    ],
    community: '',
    isLeader: false,
    foundsTeams: false,
    items: [] as (ActivityRow | TeamRow)[],
    cursor: '',
  },
  since: '',

  onLoad({ which }: { which?: string }) {
    if (which === 'mine' || which === 'teams') this.setData({ which })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy<Activity | Team, ActivityRow | TeamRow>(this, (cursor) => this.fetch(cursor), toRow)
  },

  async load() {
    await loadInto(this, async () => {
      const person = await me()
      const community = homeCommunity(person)
      const foundsTeams = regionsOfRole(person, 'secretary').includes(community)
      this.setData({ community, isLeader: ledTeams(person).length > 0, foundsTeams })
      this.since = new Date().toISOString()
      const { which } = this.data
      const first: Paged<ActivityRow | TeamRow> = firstPage(await this.fetch(''), toRow)
      return which === this.data.which ? first : {}
    })
  },
  async fetch(cursor: string): Promise<PageOf<Activity | Team>> {
    const { which, community } = this.data
    if (which === 'mine') return listMyActivities({ cursor })
    if (!community) return { items: [] }
    if (which === 'teams') return listTeams({ region_id: community, cursor })
    return listActivities({ region_id: community, from: this.since, cursor })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    const which = event.currentTarget.dataset.which as Which
    this.setData({ which, items: [], cursor: '', state: 'loading' })
    void this.load()
  },
})

const toRow = (item: Activity | Team) => ('starts_at' in item ? toActivityRow(item) : toTeamRow(item))
