import { sentenceOf } from '../../../services/api-error'
import { listPeople, type Person } from '../../../services/contract/person'
import { checkedHomeText } from '../people-view'

interface Found {
  id: string
  name: string
  home: string
}

const shownAtOnce = 10

/** Finds a person of a region by a part of the name or the phone's last four digits. Event `choose` gives `{id, name}`. */
Component({
  properties: {
    regionId: { type: String, value: '' },
    action: { type: String, value: '选TA' },
    label: { type: String, value: '姓名' },
  },
  data: { words: '', found: [] as Found[], note: '', searching: false },
  methods: {
    type(event: WechatMiniprogram.Input) {
      this.setData({ words: event.detail.value })
    },
    async search() {
      const words = this.data.words.trim()
      if (!words || this.data.searching) return
      this.setData({ searching: true, note: '', found: [] })
      try {
        const page = await listPeople(this.data.regionId, { q: words, limit: shownAtOnce })
        this.setData({ found: page.items.map(toFound), note: noteOf(words, page.items.length, !!page.next_cursor) })
      } catch (error) {
        this.setData({ note: sentenceOf(error) })
      } finally {
        this.setData({ searching: false })
      }
    },
    choose(event: WechatMiniprogram.TouchEvent) {
      const { id, name } = this.data.found[Number(event.currentTarget.dataset.index)]
      this.setData({ found: [], words: '', note: '' })
      this.triggerEvent('choose', { id, name })
    },
  },
})

const toFound = (person: Person): Found => ({ id: person.id, name: person.name, home: checkedHomeText(person) })

function noteOf(words: string, found: number, hasMore: boolean): string {
  if (!found) return `没有找到「${words}」，请看看名字写得对不对`
  return hasMore ? '同名的太多，请把名字写全' : ''
}
