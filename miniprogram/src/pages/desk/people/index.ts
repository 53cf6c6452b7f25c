import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy, wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { createPerson, listPeople, verifyHome } from '../../../services/contract/person'
import { listRegions } from '../../../services/contract/region'
import { me } from '../../../services/me'
import { peoplePlace } from '../desk-community'
import { hasDesk } from '../desk-place'
import { toRow, type PersonRow } from './to-row'

const blank = { name: '', phone: '', homeId: '' }

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    /** Where somebody new may live: the community and its grids; none above a community. */
    homes: [] as { id: string; name: string }[],
    words: '',
    /** What the list on show was searched by. */
    searched: '',
    items: [] as PersonRow[],
    cursor: '',
    /** A grid worker registers and verifies, and gives no roles. */
    givesRoles: false,
    registering: false,
    form: blank,
  },

  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const { id, name, kind } = await peoplePlace(this.data.place.id)
      const [page, grids, person] = await Promise.all([
        listPeople(id, { q: this.data.searched }),
        kind === 'community' ? wholeList((cursor) => listRegions({ parent_id: id, limit: 100, cursor })) : [],
        me(),
      ])
      const homes = kind === 'community' || kind === 'grid' ? [{ id, name: grids.length ? '不清楚哪个网格' : name }, ...grids] : []
      return { place: { id, name }, homes: homes.map((home) => ({ id: home.id, name: home.name })), givesRoles: hasDesk(person), ...firstPage(page, toRow) }
    })
  },
  onReachBottom() {
    const { place, searched } = this.data
    void growBy(this, (cursor) => listPeople(place.id, { q: searched, cursor }), toRow)
  },

  typeWords(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
    if (!event.detail.value && this.data.searched) this.search()
  },
  search() {
    this.setData({ searched: this.data.words.trim() })
    void this.load()
  },

  async verify(event: WechatMiniprogram.TouchEvent) {
    const person = this.data.items[Number(event.currentTarget.dataset.index)]
    if (!(await sure(`核实${person.name}的住址？`, '您知道这个人住在这里，核实后会记下是您核实的', '核实'))) return
    const verified = await send(this, () => verifyHome(person.id), '已核实')
    if (verified) this.setData({ items: this.data.items.map((row) => (row.id === person.id ? toRow(verified) : row)) })
  },

  openForm() {
    this.setData({ registering: true, form: { ...blank, homeId: this.data.homes[0].id } })
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
  leaveForm() {
    this.setData({ registering: false })
  },
  type(event: WechatMiniprogram.Input) {
    const field = event.currentTarget.dataset.field === 'phone' ? 'phone' : 'name'
    this.setData({ [`form.${field}`]: event.detail.value })
  },
  pickHome(event: WechatMiniprogram.TouchEvent) {
    this.setData({ 'form.homeId': this.data.homes[Number(event.currentTarget.dataset.index)].id })
  },
  async register() {
    const { name, phone, homeId } = this.data.form
    const person = await send(this, () => createPerson(homeId, { name, ...(phone && { phone }) }), '已登记')
    if (!person) return
    this.setData({ registering: false, words: person.name, searched: person.name })
    await this.load()
    if (await sure(`${person.name}登记好了`, '没有手机的话，可以制一张乐享卡', '去制卡')) {
      void wx.navigateTo({ url: `/pages/desk/cards/index?person_id=${person.id}` })
    }
  },
})
