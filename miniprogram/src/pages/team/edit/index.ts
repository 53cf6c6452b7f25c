import { loading, loadInto } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { getRegion, getSettings } from '../../../services/contract/region'
import { createActivity, getTeam, publishActivity } from '../../../services/contract/team'
import { me } from '../../../services/me'
import { whereIAm } from '../../../services/place'
import { dayName } from '../../../wording/time'
import { missingIn, newDraft, toNewActivity, type Draft } from './draft'

/** A new activity of a team: published at once by who may, otherwise handed to the secretary. */
Page({
  data: {
    ...loading,
    busy: false,
    teamName: '',
    stars: [] as { star: string; name: string }[],
    mayPublish: false,
    draft: newDraft(),
    dayText: '',
    isNextDay: false,
    fences: [
      { metres: 0, name: '不限' },
      { metres: 100, name: '100米' },
      { metres: 300, name: '300米' },
      { metres: 1000, name: '1000米' },
    ],
  },
  teamId: '',

  onLoad({ team_id = '' }: { team_id?: string }) {
    this.teamId = team_id
    this.change({})
    void this.load()
  },
  async load() {
    await loadInto(this, async () => {
      const [team, person] = await Promise.all([getTeam(this.teamId), me()])
      const [community, settings] = await Promise.all([getRegion(team.region_id), getSettings(team.region_id)])
      const isDesk = person.roles.some(({ role, region_id }) => role === 'secretary' && region_id === team.region_id)
      return { teamName: team.name, stars: community.stars ?? [], mayPublish: isDesk || settings.leaders_publish }
    })
  },

  change(change: Partial<Draft>) {
    const draft = { ...this.data.draft, ...change }
    this.setData({ draft, dayText: dayName(`${draft.date}T00:00:00`), isNextDay: draft.end <= draft.begin })
  },
  /** The field's name stands in its data-field. */
  type(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.change({ [String(event.currentTarget.dataset.field)]: event.detail.value })
  },
  chooseStar(event: WechatMiniprogram.TouchEvent) {
    this.change({ star: String(event.currentTarget.dataset.star) })
  },
  chooseFence(event: WechatMiniprogram.TouchEvent) {
    this.change({ fence: Number(event.currentTarget.dataset.metres) })
  },
  switchWalkIn(event: WechatMiniprogram.CustomEvent<{ value: boolean }>) {
    this.change({ walkIn: event.detail.value })
  },
  async locate() {
    const location = await whereIAm()
    if (location) this.change({ location })
    else void wx.showToast({ title: '没有定位。不定位也可以发起，只是不能限定签到范围', icon: 'none', duration: 3000 })
  },
  forgetPlace() {
    this.change({ location: null, fence: 0 })
  },

  async save() {
    const missing = missingIn(this.data.draft)
    if (missing) {
      void wx.showToast({ title: missing, icon: 'none' })
      return
    }
    const made = await send(this, () => createActivity(toNewActivity(this.teamId, this.data.draft)))
    if (!made) return
    // A draft that is not published now is published from its own page, where the button stands too.
    const published = this.data.mayPublish ? await send(this, () => publishActivity(made.id), '已发布') : undefined
    if (!published && !this.data.mayPublish) void wx.showToast({ title: '已交给书记，等书记发布', icon: 'none', duration: 3000 })
    void wx.redirectTo({ url: `/pages/team/activity/index?id=${made.id}` })
  },
})
