import { loading, loadInto } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { decideMember, listMembers, type Member } from '../../../services/contract/team'
import { goneName } from '../../../wording/names'
import { timeAgo } from '../../../wording/time'

interface MemberRow {
  id: string
  name: string
  state: Member['state']
  text: string
  isLeader: boolean
}

/** Who asked to join comes first; who belongs to the team, and who was refused, can be decided anew. */
Page({
  data: { ...loading, busy: false, items: [] as MemberRow[], cursor: '' },
  id: '',

  onLoad({ id = '' }: { id?: string }) {
    this.id = id
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy<Member, MemberRow>(this, (cursor) => listMembers(this.id, { cursor }), toRow)
  },
  async load() {
    await loadInto(this, async () => firstPage(await listMembers(this.id), toRow))
  },
  async admit(event: WechatMiniprogram.TouchEvent) {
    await this.decide(event, 'admit', '已同意')
  },
  async refuse(event: WechatMiniprogram.TouchEvent) {
    const { name, state } = event.currentTarget.dataset as { name: string; state: Member['state'] }
    const question = state === 'admitted' ? `请${name}离开队伍？` : `不同意${name}入队？`
    if (await sure(question, '以后还可以再同意')) await this.decide(event, 'refuse', state === 'admitted' ? '已请出' : '已回绝')
  },
  async decide(event: WechatMiniprogram.TouchEvent, verdict: 'admit' | 'refuse', done: string) {
    const id = String(event.currentTarget.dataset.id)
    const decided = await send(this, () => decideMember(this.id, id, { verdict }), done)
    if (decided) this.setData({ items: this.data.items.map((row) => (row.id === id ? { ...toRow({ ...decided, person: row }) } : row)) })
  },
})

function toRow({ person, state, leader, asked_at }: Member): MemberRow {
  const texts = { pending: `${asked_at ? timeAgo(asked_at) : ''}申请入队`, admitted: '队员', refused: '没有同意' }
  return { id: person?.id ?? '', name: person?.name || goneName, state, text: leader ? '队长' : texts[state], isLeader: leader }
}
