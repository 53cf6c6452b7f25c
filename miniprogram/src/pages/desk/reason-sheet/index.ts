import { ApiError } from '../../../services/api-error'

export interface Question {
  title: string
  /** Who will read it, or what follows. */
  hint?: string
  /** What is most often written, for a tap. */
  phrases?: string[]
  confirm: string
  /** May be left empty. */
  optional?: boolean
}

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

interface Asker {
  selectComponent(selector: string): unknown
}

/** Asks by the sheet that the page holds as `<reason-sheet class="reason-sheet" />`. */
export function askReason(page: Asker, question: Question): Promise<string | undefined> {
  const sheet = page.selectComponent('.reason-sheet') as { ask(question: Question): Promise<string | undefined> } | null
  if (!sheet) throw new ApiError({ code: 'page.incomplete', detail: '页面还没有打开好，请再试一次' })
  return sheet.ask(question)
}
