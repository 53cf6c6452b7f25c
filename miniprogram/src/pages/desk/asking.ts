import { ApiError } from '../../services/api-error'

/** What the reason-sheet asks. */
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

interface Asker {
  selectComponent(selector: string): unknown
}

/** Asks by the sheet that the page holds as `<reason-sheet class="reason-sheet" />`. */
export function askReason(page: Asker, question: Question): Promise<string | undefined> {
  const sheet = page.selectComponent('.reason-sheet') as { ask(question: Question): Promise<string | undefined> } | null
  if (!sheet) throw new ApiError({ code: 'page.incomplete', detail: '页面还没有打开好，请再试一次' })
  return sheet.ask(question)
}
