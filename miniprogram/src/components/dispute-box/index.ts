import { send } from '../../behaviors/sending'
import { appealDispute, disputeEntry, disputeMinutes, disputeMissing, type Dispute } from '../../services/contract/points'
import type { DisputeView } from '../../wording/disputes'

type Kind = Dispute['kind']

const leastLetters = 2

const prompts: Record<Kind, string> = { entry: '对这笔有疑问', minutes: '对这次时长有疑问', missing: '少记了积分？' }
const questions: Record<Kind, string> = { entry: '哪里不对？', minutes: '时长哪里不对？', missing: '哪一天，做了什么，没有记上？' }

/**
 * A person's word against one thing in their history: offers to say it, shows what was said and answered, and
 * offers the appeal. Event `change` gives the dispute as it stands after something was sent.
 */
Component({
  properties: {
    kind: { type: String, value: 'entry' },
    /** The entry's id; of minutes, what they were counted for; of something missing, the community. */
    subject: { type: String, value: '' },
    dispute: { type: Object, value: null as unknown as DisputeView },
  },
  data: { busy: false, isAsking: false, words: '', isReady: false, prompt: '', question: '' },
  observers: {
    kind(kind: Kind) {
      this.setData({ prompt: prompts[kind] ?? '', question: questions[kind] ?? '' })
    },
  },
  methods: {
    ask() {
      this.setData({ isAsking: true, words: '', isReady: false })
    },
    leave() {
      this.setData({ isAsking: false })
    },
    type(event: WechatMiniprogram.Input) {
      const words = event.detail.value
      this.setData({ words, isReady: words.trim().length >= leastLetters })
    },
    async give() {
      const isAppeal = this.data.dispute !== null
      const sent = await send(this, () => this.write(this.data.words.trim()), isAppeal ? '已送到街道' : '已送到社区')
      if (!sent) return
      this.setData({ isAsking: false })
      this.triggerEvent('change', sent)
    },
    write(text: string): Promise<Dispute> {
      const { dispute, kind, subject } = this.data
      if (dispute) return appealDispute(dispute.id, { text })
      if (kind === 'missing') return disputeMissing({ region_id: subject, text })
      return kind === 'minutes' ? disputeMinutes(subject, { text }) : disputeEntry(subject, { text })
    },
  },
})
