import { loading, loadInto } from '../../../behaviors/loading'
import { send } from '../../../behaviors/sending'
import { deskCommunity } from '../desk-community'
import { foundings, type What } from './foundings'

/** Founds a team or an organisation, and leads on to giving somebody its role: without one nobody can use it. */
Page({
  data: {
    ...loading,
    busy: false,
    community: { id: '', name: '' },
    what: 'team' as What,
    title: '',
    label: '',
    example: '',
    kinds: [] as (typeof foundings)[What]['kinds'],
    name: '',
    kind: '',
    /** Who is to have the role, when that is known already. */
    personId: '',
  },

  onLoad({ what, region_id = '', person_id: personId = '' }: Record<string, string | undefined>) {
    const wanted: What = what === 'organisation' ? 'organisation' : 'team'
    const { title, label, example, kinds } = foundings[wanted]
    this.setData({ what: wanted, title, label, example, kinds, personId, 'community.id': region_id })
    void wx.setNavigationBarTitle({ title })
    void this.load()
  },

  load() {
    return loadInto(this, async () => {
      const { id, name } = await deskCommunity(this.data.community.id)
      return { community: { id, name } }
    })
  },

  type(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value })
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ kind: String(event.currentTarget.dataset.kind) })
  },
  async found() {
    const { what, community, name, kind, personId } = this.data
    const { found, role, done } = foundings[what]
    if (!kind) return void wx.showToast({ title: '请点一下，是哪一类的', icon: 'none', duration: 2500 })
    const founded = await send(this, () => found(community.id, name, kind), done)
    if (!founded) return
    void wx.redirectTo({ url: `/pages/desk/roles/index?region_id=${community.id}&role=${role}&target=${founded.id}&person_id=${personId}` })
  },
})
