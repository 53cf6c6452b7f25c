import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { changeSettings, getSettings, listSettings, listSettingsChanges, type ChangeSettingsRequest, type Setting } from '../../../services/contract/region'
import { hasRole, me, regionsOfRole } from '../../../services/me'
import { askReason } from '../asking'
import { deskCommunity } from '../desk-community'
import { toChangeRow, toGroups, valueText, type ChangeRow, type SettingGroup, type SettingRow, type Value } from './setting-row'

const reasons = ['居民会议同意', '大家觉得不方便', '试一段时间再看']

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    mayChange: false,
    groups: [] as SettingGroup[],
    /** The number that is being changed, and what has been typed. */
    editing: '',
    typed: '',
    items: [] as ChangeRow[],
    cursor: '',
  },
  all: [] as Setting[],

  onLoad({ region_id = '' }: { region_id?: string }) {
    this.setData({ 'place.id': region_id })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listSettingsChanges(this.data.place.id, { cursor }), toChangeRow(this.all))
  },
  load() {
    return loadInto(this, async () => {
      const [{ id, name }, person] = await Promise.all([deskCommunity(this.data.place.id), me()])
      const [{ items }, settings, changes] = await Promise.all([listSettings(), getSettings(id), listSettingsChanges(id)])
      this.all = items
      return {
        place: { id, name },
        mayChange: hasRole(person, 'admin') || regionsOfRole(person, 'secretary').includes(id),
        groups: toGroups(items, settings),
        editing: '',
        ...firstPage(changes, toChangeRow(items)),
      }
    })
  },

  turn(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (row) void this.change(row, !row.value)
  },
  edit(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (row) this.setData({ editing: row.name, typed: String(row.value) })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ typed: event.detail.value })
  },
  leave() {
    this.setData({ editing: '' })
  },
  setNumber(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event)
    if (!row) return
    if (!/^\d+$/.test(this.data.typed.trim())) {
      void wx.showToast({ title: `请填${row.bounds}`, icon: 'none' })
      return
    }
    void this.change(row, Number(this.data.typed))
  },
  setTime(event: WechatMiniprogram.PickerChange) {
    const row = this.rowOf(event)
    if (row) void this.change(row, String(event.detail.value))
  },

  /** Asks why, then sends all that holds with the one change in it. */
  async change(row: SettingRow, value: Value) {
    if (value === row.value) {
      this.leave()
      return
    }
    const reason = await askReason(this, {
      title: `${row.title}：改为${valueText(row, value)}，为什么？`,
      hint: '谁改的、什么时候、为什么，都会留在下面，上级也能看到。',
      phrases: reasons,
      confirm: '改好，保存',
    })
    if (reason === undefined) return
    const { id } = this.data.place
    const saved = await send(
      this,
      async () => changeSettings(id, { ...(await getSettings(id)), [row.name]: value, reason } as ChangeSettingsRequest),
      '已保存',
    )
    if (saved) void this.load()
  },

  rowOf(event: WechatMiniprogram.TouchEvent | WechatMiniprogram.PickerChange): SettingRow | undefined {
    const { name } = event.currentTarget.dataset
    return this.data.groups.flatMap(({ rows }) => rows).find((row) => row.name === name)
  },
})
