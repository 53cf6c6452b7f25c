import type { Question } from '../asking'

type Answer = (words: string | undefined) => void

const answers = new WeakMap<object, Answer>()
const leastLetters = 2

/** A sheet that asks for a sentence, with the usual ones to tap. */
Component({
  data: { open: false, title: '', hint: '', phrases: [] as string[], confirm: '', optional: false, words: '', ready: false },
  lifetimes: {
    detached() {
      this.settle(undefined)
    },
  },
  methods: {
    /** Gives the sentence, or undefined when the person leaves the sheet. */
    ask({ title, hint = '', phrases = [], confirm, optional = false }: Question): Promise<string | undefined> {
      this.settle(undefined)
      this.setData({ open: true, title, hint, phrases, confirm, optional, words: '', ready: optional })
      return new Promise((resolve) => answers.set(this, resolve))
    },
    type(event: WechatMiniprogram.Input) {
      this.take(event.detail.value)
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      this.take(this.data.phrases[Number(event.currentTarget.dataset.index)])
    },
    take(words: string) {
      this.setData({ words, ready: this.data.optional || words.trim().length >= leastLetters })
    },
    give() {
      if (this.data.ready) this.settle(this.data.words.trim())
    },
    leave() {
      this.settle(undefined)
    },
    changed(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.settle(undefined)
    },
    settle(words: string | undefined) {
      const answer = answers.get(this)
      answers.delete(this)
      if (this.data.open) this.setData({ open: false })
      answer?.(words)
    },
  },
})
