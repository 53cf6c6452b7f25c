/** A call that did not do what it should: what the server refused, or that it could not be reached. */
export class ApiError extends Error {
  /** Stable, for programs: the server's code, or one of the mini-program's own, such as `network.lost`, `login.failed`, `picture.failed`. */
  readonly code: string
  /** A short Chinese sentence, fit to show. */
  readonly detail: string
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** What is wrong with single fields of the input. */
  readonly fields: { field: string; message: string }[]
  /** Seconds to wait before trying again; 0 when the server did not say. */
  readonly retryAfter: number

  constructor(problem: {
    code: string
    detail: string
    status?: number
    fields?: { field: string; message: string }[]
    retryAfter?: number
  }) {
    super(`${problem.code}: ${problem.detail}`)
    this.name = 'ApiError'
    this.code = problem.code
    this.detail = problem.detail
    this.status = problem.status ?? 0
    this.fields = problem.fields ?? []
    this.retryAfter = problem.retryAfter ?? 0
  }

  get isUnanswered(): boolean {
    return this.status === 0
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return '出了点问题，请再试一次'
  const first = error.fields[0]
  return first ? first.message : error.detail
}

export const hasCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code
