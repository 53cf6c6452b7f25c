import type { CodesOnShow } from '../codes-on-show'
import type { PageStack } from '../page-stack'
import type { AppConfig } from '../program'
import type { Session } from '../session'
import type { Launch } from '../start'
import type { TabBar } from '../tab-bar'
import type { Calls } from './calls'

export interface Context {
  session: Session
  pages: PageStack
  tabBar: TabBar
  calls: Calls
  codes: CodesOnShow
  launch: Launch
  app: AppConfig
  /** Calls a method of the App, if it has it. */
  tellApp(name: string, ...parameters: unknown[]): void
  routes: string[]
}

export interface Callbacks {
  success?(result: object): void
  fail?(error: object): void
  complete?(result: object): void
}

/** A refusal as WeChat words it: errMsg is "NAME:fail REASON". */
export class WxFailure extends Error {
  constructor(reason: string, readonly errno?: number) {
    super(reason)
  }

  toResult(name: string): object {
    return { errMsg: `${name}:fail ${this.message}`.trim(), ...(this.errno === undefined ? {} : { errno: this.errno }) }
  }
}

export function asFailure(error: unknown): WxFailure {
  return error instanceof WxFailure ? error : new WxFailure(error instanceof Error ? error.message : String(error))
}

/** Calls back as WeChat does: success or fail, then complete; what they throw goes on to the window. */
export function settle(callbacks: Callbacks, isSuccess: boolean, result: object): void {
  const called = isSuccess ? callbacks.success : callbacks.fail
  for (const callback of [called, callbacks.complete]) {
    try {
      callback?.call(callbacks, result)
    } catch (error) {
      reportError(error)
    }
  }
}

/** An asynchronous function of wx: with callbacks it gives nothing back, without them a promise. */
export function asynchronous<Options extends object>(calls: Calls, name: string, run: (options: Options) => unknown): (options?: Options & Callbacks) => Promise<object> | undefined {
  return (options = {} as Options & Callbacks) => {
    calls.note(name, options)
    const answered = Promise.resolve().then(() => run(options)).then((answer) => ({ errMsg: `${name}:ok`, ...(answer as object | undefined) }))
    if (!options.success && !options.fail && !options.complete) {
      return answered.catch((error: unknown) => {
        throw Object.assign(new Error(), asFailure(error).toResult(name), { message: `${name}:fail ${asFailure(error).message}` })
      })
    }
    void answered.then((result) => settle(options, true, result), (error: unknown) => settle(options, false, asFailure(error).toResult(name)))
    return undefined
  }
}

type Runs = Record<string, (options: never) => unknown>

/** Many asynchronous functions at once, by their names. */
export function allAsynchronous<Names extends Runs>(calls: Calls, runs: Names): Record<keyof Names, (options?: object) => Promise<object> | undefined> {
  const entries = Object.entries(runs).map(([name, run]) => [name, asynchronous(calls, name, run as (options: object) => unknown)])
  return Object.fromEntries(entries) as Record<keyof Names, (options?: object) => Promise<object> | undefined>
}
