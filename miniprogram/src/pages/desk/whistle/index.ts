import { loadInto, loading } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { listTeams, blowWhistle } from '../../../services/contract/team'
import type { Region } from '../../../services/contract/region'
import { starsOf } from '../../../wording/stars'
import { moment } from '../../../wording/time'
import { deskPlaces, isCommunity, deskPlace } from '../desk-place'

interface Choice {
  code: string
  name: string
}

const hour = 60 * 60 * 1000
const lengths = [1, 2, 4, 8]
const community: Choice = { code: '', name: '社区自己带' }
const presetPoints = 20

Page({
  data: {
    ...loading,
    busy: false,
    isCommunity: true,
    regionId: '',
    placeName: '',
    title: '',
    needed: '5',
    place: '',
    lengths,
    hours: 2,
    /** When it ends. The same as long as nothing is changed, so that a second tap is the same whistle. */
    until: '',
    untilText: '',
    stars: [] as Choice[],
    star: '',
    teams: [community],
    team: 0,
    pointsPerHour: String(presetPoints),
    isComplete: false,
  },
  onLoad() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const place = await communityOfDesk()
      if (!place) return { isCommunity: false }
      const teams = await wholeList((cursor) => listTeams({ region_id: place.id, limit: 100, cursor }))
      return {
        isCommunity: true,
        regionId: place.id,
        placeName: place.name,
        stars: starsOf(place.community_kind ?? 'urban').map(({ star, name }) => ({ code: star, name })),
        teams: [community, ...teams.map(({ id, name }) => ({ code: id, name }))],
        ...untilAfter(this.data.hours),
      }
    })
  },
  writeTitle(event: WechatMiniprogram.Input) {
    this.change({ title: event.detail.value })
  },
  writePlace(event: WechatMiniprogram.Input) {
    this.change({ place: event.detail.value })
  },
  change(change: object) {
    this.setData(change)
    const { title, place, needed, pointsPerHour, hours } = this.data
    const isComplete = title.trim().length > 1 && place.trim().length > 1 && Number(needed) > 0 && pointsPerHour !== ''
    this.setData({ isComplete, ...untilAfter(hours) })
  },
  writeNeeded(event: WechatMiniprogram.Input) {
    this.change({ needed: event.detail.value })
  },
  writePoints(event: WechatMiniprogram.Input) {
    this.change({ pointsPerHour: event.detail.value })
  },
  chooseHours(event: WechatMiniprogram.TouchEvent) {
    this.change({ hours: Number(event.currentTarget.dataset.hours) })
  },
  /** A second tap takes the star away again. */
  chooseStar(event: WechatMiniprogram.TouchEvent) {
    const star = event.currentTarget.dataset.star as string
    this.change({ star: star === this.data.star ? '' : star })
  },
  chooseTeam(event: WechatMiniprogram.PickerChange) {
    this.change({ team: Number(event.detail.value) })
  },
  async blow() {
    const { title, needed, place, until, star, teams, team, pointsPerHour, regionId } = this.data
    if (!(await sure('现在吹哨？', `叫${needed}个人到${place.trim()}，附近的志愿者会收到通知。`, '吹哨'))) return
    const whistle = {
      region_id: regionId,
      title: title.trim(),
      needed: Number(needed),
      place: { name: place.trim() },
      until,
      points_per_hour: Number(pointsPerHour),
      star: star || undefined,
      team_id: teams[team].code || undefined,
    }
    const blown = await send(this, () => blowWhistle(whistle), '哨声已发出')
    if (blown) void wx.redirectTo({ url: `/pages/team/activity/index?id=${blown.id}` })
  },
})

function untilAfter(hours: number) {
  const until = new Date(Date.now() + hours * hour)
  return { until: until.toISOString(), untilText: `到${moment(until)}` }
}

/** Only a community whistles: the one being worked for, or the first there is. */
async function communityOfDesk(): Promise<Region | undefined> {
  const place = await deskPlace()
  return isCommunity(place) ? place : (await deskPlaces()).find(isCommunity)
}
