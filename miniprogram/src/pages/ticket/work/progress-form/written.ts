/** A moment of the work that is reported, or its end. */
export type Step = 'before' | 'during' | 'after' | 'complete'

export interface Written {
  step: Step
  text: string
  photo_ids: string[]
}

/** What is still to be done before this can be sent; '' when nothing is. */
export function whatIsMissing(step: Step | '', text: string, photos: number, waiting: number): string {
  if (!step) return '请先点一下，办到哪一步了'
  if (waiting) return '还有照片没有发完，请等一等，或者把它去掉'
  if (step === 'complete') return text.trim() ? '' : '请写一写办得怎么样了'
  return text.trim() || photos ? '' : '请写一句进展，或者放一张照片'
}
