import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy, wholeList } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { listPoints } from '../../../services/contract/points'
import type { Region } from '../../../services/contract/region'
import { listTeams } from '../../../services/contract/team'
import { download } from '../../../services/files'
import { starsOf } from '../../../wording/stars'
import { periods } from '../../../wording/time'
import { isCommunity, placeOr } from '../desk-place'
import { toRow, type StandingRow } from './standing-row'

interface Choice {
  code: string
  name: string
}

const now = periods()
const periodChoices: Choice[] = [
  { code: now.month, name: '本月' },
  { code: now.quarter, name: '本季' },
  { code: now.year, name: '今年' },
  { code: 'all', name: '全部' },
]
const sortChoices: Choice[] = [
  { code: '-earned', name: '积分多的在前' },
  { code: 'name', name: '按姓名' },
]
const anyStar: Choice = { code: '', name: '五颗星都看' }
const anyTeam: Choice = { code: '', name: '不分队伍' }

/** After the last letter, before the server is asked. */
const typingPause = 400

Page({
  data: {
    ...loading,
    busy: false,
    items: [] as StandingRow[],
    cursor: '',
    regionId: '',
    placeName: '',
    isCommunity: true,
    periods: periodChoices,
    sorts: sortChoices,
    stars: [anyStar],
    teams: [anyTeam],
    period: 0,
    sort: 0,
    star: 0,
    team: 0,
    q: '',
  },
  typing: 0,
  onLoad(options: { region_id?: string }) {
    this.setData({ regionId: options.region_id ?? '' })
    void this.open()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listPoints(this.data.regionId, { ...this.query(), cursor }), toRow)
  },
  /** Finds the community with its stars and teams, then its people. */
  open() {
    return loadInto(this, async () => {
      const place = await placeOr(this.data.regionId)
      if (!isCommunity(place)) return { isCommunity: false, placeName: place.name }
      const teams = await wholeList((cursor) => listTeams({ region_id: place.id, limit: 100, cursor }))
      this.setData({ regionId: place.id })
      return {
        isCommunity: true,
        placeName: place.name,
        stars: [anyStar, ...starChoices(place)],
        teams: [anyTeam, ...teams.map(({ id, name }) => ({ code: id, name }))],
        ...firstPage(await listPoints(place.id, this.query()), toRow),
      }
    })
  },
  async load() {
    if (this.data.state !== 'ready' || !this.data.isCommunity) return this.open()
    return loadInto(this, async () => firstPage(await listPoints(this.data.regionId, this.query()), toRow))
  },
  query() {
    const { periods, sorts, stars, teams, period, sort, star, team, q } = this.data
    return {
      period: periods[period].code,
      sort: sorts[sort].code as '-earned' | 'name',
      star: stars[star].code,
      team_id: teams[team].code,
      q,
    }
  },
  choosePeriod(event: WechatMiniprogram.TouchEvent) {
    this.setData({ period: Number(event.currentTarget.dataset.index) })
    void this.load()
  },
  /** By one of the pickers, whose dataset says which. */
  choose(event: WechatMiniprogram.PickerChange) {
    const which = event.currentTarget.dataset.which as 'sort' | 'star' | 'team'
    this.setData({ [which]: Number(event.detail.value) })
    void this.load()
  },
  search(event: WechatMiniprogram.Input) {
    this.setData({ q: event.detail.value.trim() })
    clearTimeout(this.typing)
    this.typing = setTimeout(() => void this.load(), typingPause)
  },
  async takeAway() {
    const { placeName, periods, period } = this.data
    const fileName = `${placeName}积分${periods[period].name}.xlsx`
    await send(this, async () => {
      const filePath = await download(`/regions/${encodeURIComponent(this.data.regionId)}/points.xlsx`, this.query(), fileName)
      await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
    })
  },
})

function starChoices({ community_kind, stars }: Region): Choice[] {
  if (stars?.length) return stars.map(({ star, name }) => ({ code: star, name }))
  return starsOf(community_kind ?? 'urban').map(({ star, name }) => ({ code: star, name }))
}
