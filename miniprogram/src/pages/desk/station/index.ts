import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send } from '../../../behaviors/sending'
import { sentenceOf } from '../../../services/api-error'
import { changeStation, createStation, getStation, listTasks, type Station, type Task } from '../../../services/contract/task'
import { download } from '../../../services/files'
import { deskCommunity } from '../desk-community'
import { pictureOf } from '../paper/picture-of'
import { stationPoster } from '../paper/station-poster'
import { savePicture, showPicture } from '../save-picture'

type Field = 'name' | 'place' | 'poster_text'

const fields: Field[] = ['name', 'place', 'poster_text']
const blank = { name: '', place: '', poster_text: '' }

const toRow = ({ id, title, places_left }: Task) => ({ id, title, left: `还剩${places_left}个名额` })

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    community: { id: '', name: '' },
    station: blank as Pick<Station, Field>,
    tasks: [] as ReturnType<typeof toRow>[],
    /** The mini-program code as a file of this phone; '' until it is there. */
    code: '',
    codeFailure: '',
    editing: false,
    form: blank as Pick<Station, Field>,
  },

  onLoad({ id = '', region_id = '' }: Record<string, string | undefined>) {
    this.setData({ id, 'community.id': region_id, editing: !id })
    if (!id) void wx.setNavigationBarTitle({ title: '新建认领区' })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  async load() {
    await loadInto(this, () => (this.data.id ? this.existing() : this.ready()))
    if (this.data.id && !this.data.code) await this.loadCode()
  },
  async ready() {
    const { id, name } = await deskCommunity(this.data.community.id)
    return { community: { id, name } }
  },
  async existing() {
    const station = await getStation(this.data.id)
    const [{ id, name }, tasks] = await Promise.all([
      deskCommunity(station.region_id),
      wholeList((cursor) => listTasks({ region_id: station.region_id, station_id: station.id, state: 'published', limit: 100, cursor })),
    ])
    return { community: { id, name }, station, tasks: tasks.map(toRow) }
  },
  /** WeChat draws the code. Without it the rest of the page serves all the same. */
  async loadCode() {
    try {
      this.setData({ code: await download(`/stations/${this.data.id}/code.png`), codeFailure: '' })
    } catch (error) {
      this.setData({ codeFailure: sentenceOf(error) })
    }
  },

  async savePoster() {
    const picture = await this.poster()
    if (picture) await savePicture(picture, '海报')
  },
  async showPoster() {
    const picture = await this.poster()
    if (picture) showPicture(picture)
  },
  /** The poster as a picture; undefined when this phone cannot draw it, which it has said then. */
  poster(): Promise<string | undefined> {
    const { station, community, code } = this.data
    return send(this, () => pictureOf(this, stationPoster(station, community.name, code)))
  },
  saveCode() {
    return savePicture(this.data.code, '海报上的码')
  },
  showCode() {
    showPicture(this.data.code)
  },

  edit() {
    const { name, place, poster_text } = this.data.station
    this.setData({ editing: true, form: { name, place, poster_text } })
  },
  leaveEditing() {
    this.setData({ editing: false })
  },
  type(event: WechatMiniprogram.Input) {
    const field = fields.find((known) => known === event.currentTarget.dataset.field)
    if (field) this.setData({ [`form.${field}`]: event.detail.value })
  },
  async keep() {
    const { id, form, community } = this.data
    const station = await send(
      this,
      () => (id ? changeStation(id, form) : createStation({ region_id: community.id, ...form })),
      id ? '已保存' : '认领区建好了',
    )
    if (!station) return
    this.setData({ id: station.id, station, editing: false })
    void wx.setNavigationBarTitle({ title: '认领区海报' })
    if (!id) await this.loadCode()
  },
  hang() {
    const { id, community } = this.data
    void wx.navigateTo({ url: `/pages/desk/task/index?region_id=${community.id}&station_id=${id}` })
  },
})
