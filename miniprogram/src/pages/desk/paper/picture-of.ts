import { ApiError } from '../../../services/api-error'
import type { Plan } from './plan'

interface Page {
  selectComponent(selector: string): unknown
}

/** Has the page's `<paper class="paper" />` draw a plan. Gives the picture's path; rejects with ApiError. */
export async function pictureOf(page: Page, plan: Plan): Promise<string> {
  const paper = page.selectComponent('.paper') as { picture(plan: Plan): Promise<string> } | null
  if (!paper) throw new ApiError({ code: 'page.incomplete', detail: '页面还没有打开好，请再试一次' })
  return paper.picture(plan)
}
