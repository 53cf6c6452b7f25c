import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy, wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { doubtHome, getPerson, getPhone, issueCard, listCards, revokeCard, verifyHome, type Person } from '../../../services/contract/person'
import { listPoints, listPointsEntries, reversePointsEntry, type Standing } from '../../../services/contract/points'
import { hasRole, me } from '../../../services/me'
import { homeText } from '../../../wording/homes'
import { roleNames } from '../../../wording/names'
import { minutesText } from '../../../wording/time'
import { askReason } from '../asking'
import { hasDesk } from '../desk-place'
import { toCardRow, toEntryRow, toStarBars, type CardRow, type EntryRow, type StarBar } from './rows'

const keepsMinutes = ['积分和服务时长都撤销', '只撤销积分，时长保留']

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    regionId: '',
    isMe: false,
    isDesk: false,
    /** A grid worker gives out cards, and sees no points. */
    givesCards: false,
    seesPoints: false,
    name: '',
    phone: '',
    wholePhone: '',
    homeText: '',
    verified: false,
    hasHome: false,
    roles: '',
    balance: 0,
    earned: 0,
    served: '',
    stars: [] as StarBar[],
    cards: [] as CardRow[],
    newCard: '',
    newCardId: '',
    items: [] as EntryRow[],
    cursor: '',
  },
  onLoad({ id = '', region_id = '' }: { id?: string; region_id?: string }) {
    this.setData({ id, regionId: region_id })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => listPointsEntries(this.data.id, { cursor }), toEntryRow)
  },
  load() {
    const { id } = this.data
    return loadInto(this, async () => {
      const myself = await me()
      const isDesk = hasRole(myself, 'secretary', 'admin')
      const givesCards = isDesk || hasRole(myself, 'grid_worker')
      const seesPoints = hasDesk(myself)
      const [person, entries] = await Promise.all([getPerson(id), seesPoints ? listPointsEntries(id) : { items: [] }])
      const regionId = this.data.regionId || person.home?.community_id || ''
      const [standing, cards] = await Promise.all([
        seesPoints && regionId ? standingOf(person, regionId) : undefined,
        givesCards ? wholeList((cursor) => listCards(id, { cursor })) : [],
      ])
      return {
        ...aboutPerson(person),
        regionId,
        isDesk,
        givesCards,
        seesPoints,
        isMe: myself.id === id,
        balance: standing?.balance ?? 0,
        earned: standing?.earned ?? 0,
        served: minutesText(standing?.service_minutes ?? 0),
        stars: toStarBars(standing),
        cards: cards.map(toCardRow),
        ...firstPage(entries, toEntryRow),
      }
    })
  },
  async showPhone() {
    const reason = await askReason(this, {
      title: '为什么要看完整的手机号？',
      hint: '会记下是谁、什么时候、为什么看的，本人也能看到。',
      phrases: ['通知活动改时间', '核对四联单情况', '上门前联系', '家里有急事'],
      confirm: '看号码',
    })
    if (reason === undefined) return
    const answer = await send(this, () => getPhone(this.data.id, { reason }))
    if (answer) this.setData({ wholePhone: answer.phone })
  },
  copyPhone() {
    void wx.setClipboardData({ data: this.data.wholePhone })
  },
  async verify() {
    if (!(await sure('核实住址', `${this.data.name}住在${this.data.homeText}，您核对过了吗？`, '核对过了'))) return
    if (await send(this, () => verifyHome(this.data.id), '已核实')) void this.load()
  },
  async doubt() {
    if (!(await sure('取消核实', '取消后，这个人的住址显示为「没有核实」。', '取消核实'))) return
    await send(this, () => doubtHome(this.data.id), '已取消核实')
    void this.load()
  },
  async issue() {
    if (!(await sure('做一张乐享卡', '卡上的二维码只在这里显示一次，请马上拍照或打印。', '做卡'))) return
    const card = await send(this, () => issueCard(this.data.id), '卡做好了')
    if (!card) return
    this.setData({ newCard: card.qr_text, newCardId: card.id })
    void this.load()
  },
  hideCard() {
    this.setData({ newCard: '', newCardId: '' })
  },
  async revoke(event: WechatMiniprogram.TouchEvent) {
    const cardId = event.currentTarget.dataset.id as string
    if (!(await sure('挂失这张卡', '挂失后这张卡马上不能用了，不能恢复。', '挂失'))) return
    const revoked = await send(this, () => revokeCard(this.data.id, cardId).then(() => true), '已挂失')
    if (revoked && cardId === this.data.newCardId) this.hideCard()
    void this.load()
  },
  async reverse(event: WechatMiniprogram.TouchEvent) {
    const entry = this.data.items.find(({ id }) => id === event.currentTarget.dataset.id)
    if (!entry) return
    const keep_minutes = entry.kind === 'checkin' ? await askKeepMinutes() : false
    if (keep_minutes === undefined) return
    const reason = await askReason(this, {
      title: `撤销这笔${entry.amount}分`,
      hint: '原来的记录还在，旁边会多一笔更正。本人能看到原因。',
      phrases: ['重复计分', '核对后没有参加', '分数记错了', '记错了人'],
      confirm: '撤销这笔积分',
    })
    if (reason === undefined) return
    if (await send(this, () => reversePointsEntry(entry.id, { reason, keep_minutes }), '已撤销')) void this.load()
  },
})

function aboutPerson(person: Person) {
  const { home } = person
  const roles = [...new Set(person.roles.map(({ role }) => roleNames[role] ?? ''))].filter(Boolean)
  return {
    name: person.name,
    phone: person.phone_masked,
    hasHome: home !== null,
    homeText: homeText(person) || '还没有选常住社区',
    verified: home?.verified === true,
    roles: roles.join('、'),
  }
}

/** The person among those of the same name. */
async function standingOf({ id, name }: Person, regionId: string): Promise<Standing | undefined> {
  const { items } = await listPoints(regionId, { q: name, period: 'all', limit: 100 })
  return items.find(({ person }) => person.id === id)
}

/** undefined when the person thinks better of it. */
async function askKeepMinutes(): Promise<boolean | undefined> {
  try {
    const { tapIndex } = await wx.showActionSheet({ alertText: '这笔来自志愿活动，还记了服务时长', itemList: keepsMinutes })
    return tapIndex === 1
  } catch {
    return undefined
  }
}
