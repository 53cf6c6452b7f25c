import type { NewReview } from '../../../../services/contract/ticket'
import { outcomes, scoreWords } from '../../../../wording/names'

type Outcome = NewReview['outcome']

const allOutcomes = Object.entries(outcomes).map(([code, name]) => ({ code: code as Outcome, name }))
const stars = [1, 2, 3, 4, 5].map((score) => ({ score, label: `${score}分，${scoreWords[score]}` }))
const badScore = 2
const mostReworks = 2

/** Part 4 as a person fills it. Event `review` gives a NewReview. */
Component({
  properties: {
    /** Whether the person raised the ticket: then the review decides. */
    mine: { type: Boolean, value: false },
    rework: { type: Number, value: 0 },
    busy: { type: Boolean, value: false },
  },
  data: { stars, outcomes: allOutcomes, score: 0, words: '', consequence: '', outcome: '' as Outcome | '', text: '' },
  methods: {
    rate(event: WechatMiniprogram.TouchEvent) {
      const score = Number(event.currentTarget.dataset.score)
      const { mine, rework } = this.data
      this.setData({ score, words: `${score}分，${scoreWords[score]}`, consequence: consequenceOf(score, mine, rework) })
    },
    chooseOutcome(event: WechatMiniprogram.TouchEvent) {
      this.setData({ outcome: event.currentTarget.dataset.code as Outcome })
    },
    write(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value })
    },
    submit() {
      const { score, outcome, text } = this.data
      if (score && outcome) {
        this.triggerEvent('review', { score, outcome, text })
        return
      }
      const content = score ? '请点一下，事情解决了没有' : '请先点星星打分'
      void wx.showModal({ title: '还差一点', content, showCancel: false, confirmText: '知道了' })
    },
  },
})

function consequenceOf(score: number, mine: boolean, rework: number): string {
  if (!mine) return '您附议过这件事，您的评价会一起记在单子上。'
  if (score > badScore) return ''
  return rework < mostReworks
    ? '打1分或2分，这件事会退回社区，重新派人办理。'
    : '已经重办过两次了。这次打1分或2分，会如实记作「没有解决」办结。'
}
