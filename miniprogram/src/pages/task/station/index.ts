import { livingAt, type Living } from '../../../components/home-note/living'
import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { drawCard, getStation, listMyClaims, listTasks, putBackCard, type Claim, type Task } from '../../../services/contract/task'
import { me } from '../../../services/me'
import { stationOfScene } from '../../../services/scanning'
import { timeLeft } from '../../../wording/time'

const asItIs = (task: Task): Task => task

const toCard = (claim: Claim) => ({
  id: claim.id,
  title: claim.task?.title ?? '微任务',
  star: claim.task?.star ?? '',
  description: claim.task?.description ?? '',
  place: claim.task?.place ?? '',
  points: claim.task?.points ?? 0,
  left: `完成期限${timeLeft(claim.due_at)}`,
})

/** A card drawn before that is done or to be changed: until it is through, there is no other. */
const toEarlier = ({ id, state, task }: Claim) => ({
  id,
  words: `您上次抽的「${task?.title ?? '微任务'}」${state === 'returned' ? '要改一改，请改好再交。' : '还在等审核。审核过了，就能再抽一张。'}`,
})

/** A station's tasks, and the draw. WeChat opens it with the scene of the printed code, pages of ours with an id. */
Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    name: '',
    place: '',
    living: 'here' as Living,
    card: null as ReturnType<typeof toCard> | null,
    isNew: false,
    earlier: null as ReturnType<typeof toEarlier> | null,
    items: [] as Task[],
    cursor: '',
  },
  onLoad(options: { id?: string; scene?: string }) {
    this.setData({ id: options.scene ? stationOfScene(options.scene) : (options.id ?? '') })
  },
  onShow() {
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.page(cursor), asItIs)
  },
  load() {
    return loadInto(this, async () => {
      const { id } = this.data
      const [station, tasks, claims, person] = await Promise.all([getStation(id), this.page(), listMyClaims({ state: 'claimed', limit: 50 }), me()])
      const card = claims.items.find(({ station_id }) => station_id === id)
      return {
        name: station.name,
        place: station.place,
        living: livingAt(person, station.region_id),
        card: card ? toCard(card) : null,
        earlier: null,
        ...firstPage(tasks, asItIs),
      }
    })
  },
  page(cursor?: string) {
    return listTasks({ station_id: this.data.id, cursor })
  },
  async draw() {
    const claim = await send(this, () => drawCard(this.data.id))
    if (!claim) return
    if (claim.state !== 'claimed') {
      this.setData({ earlier: toEarlier(claim) })
      return
    }
    this.setData({ card: toCard(claim), isNew: true })
    void wx.vibrateShort({ type: 'light' })
    void wx.pageScrollTo({ scrollTop: 0 })
  },
  async putBack() {
    const { card } = this.data
    if (!card || !(await sure('放回这张卡？', '同一个认领区，一天可以放回一次。', '放回'))) return
    const isDone = await send(this, async () => {
      await putBackCard(card.id)
      return true
    }, '放回去了，可以再抽一张')
    if (isDone) await this.load()
  },
})
