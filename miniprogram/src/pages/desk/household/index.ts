import { loadInto, loading } from '../../../behaviors/loading'
import { send, sure } from '../../../behaviors/sending'
import { endHouseholdContact, getHousehold, setHouseholdContact, type Household } from '../../../services/contract/roster'
import { hasRole, me } from '../../../services/me'
import { formerText, toHousehold, type HouseholdRow } from '../../../wording/households'

interface Chosen {
  id: string
  name: string
}

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    regionId: '',
    household: null as HouseholdRow | null,
    contact: null as { name: string; phone: string; since: string } | null,
    former: [] as string[],
    workers: '',
    mayLink: false,
    isChoosing: false,
  },
  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.setData({ id })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const [household, person] = await Promise.all([getHousehold(this.data.id), me()])
      return { ...toView(household), mayLink: hasRole(person, 'secretary', 'admin') }
    })
  },
  openSearch() {
    this.setData({ isChoosing: true })
  },
  leaveSearch() {
    this.setData({ isChoosing: false })
  },
  async choose({ detail }: WechatMiniprogram.CustomEvent<Chosen>) {
    const household = await send(this, () => setHouseholdContact(this.data.id, { person_id: detail.id }), `请${detail.name}联系这一户`)
    if (household) this.setData({ ...toView(household), isChoosing: false })
  },
  async end() {
    const { id, contact } = this.data
    if (!contact || !(await sure('不再联系这一户？', `${contact.name}以后看不到这一户`, '不再联系'))) return
    const ended = await send(this, async () => {
      await endHouseholdContact(id)
      return true
    }, '已取消')
    if (ended) void this.load()
  },
})

function toView(household: Household) {
  const { region_id, contact, former_contacts, grid_workers } = household
  return {
    regionId: region_id,
    household: toHousehold(household),
    contact: contact ? { name: contact.person.name, phone: contact.person.phone_masked ?? '', since: sinceText(contact.from) } : null,
    former: (former_contacts ?? []).map((one) => formerText(one)),
    workers: (grid_workers ?? []).join('、'),
  }
}

const sinceText = (from: string): string => {
  const day = new Date(from)
  return `从${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日起`
}
