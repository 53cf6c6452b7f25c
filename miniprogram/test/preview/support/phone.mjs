import fs from 'node:fs'
import { answer } from './answers.mjs'
import { openBrowser } from './browser.mjs'
import { buildFixture } from './build.mjs'
import { startServer } from './server.mjs'

/** The fixture on a phone: a server, a browser, and what one does with a finger. It must be closed. */
export async function startPhone() {
  const folder = buildFixture()
  const server = await startServer(folder, answer)
  const browser = await openBrowser()
  return {
    origin: server.origin,
    context: browser.context,
    /** A window of its own; errors gathers what the page's code threw. */
    async open(address = '', options = {}) {
      const page = await browser.context.newPage()
      if (options.viewport) await page.setViewportSize(options.viewport)
      const errors = []
      page.on('pageerror', (error) => errors.push(error.message))
      await page.goto(`${server.origin}/preview/${address}`)
      if (!options.isWide) await page.waitForFunction(() => document.documentElement.dataset.page)
      return new Window(page, errors)
    },
    async close() {
      await browser.close()
      await server.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

class Window {
  constructor(page, errors) {
    this.page = page
    this.errors = errors
  }

  at(route) {
    return this.page.waitForFunction((wanted) => document.documentElement.dataset.page === wanted, route)
  }

  data(name) {
    return this.page.evaluate((field) => window.preview.page().data[field], name)
  }

  events() {
    return this.page.evaluate(() => window.fixtureEvents)
  }

  button(name) {
    return this.page.locator('.preview-page:not([hidden])').getByRole('button', { name, exact: true })
  }

  async tap(name) {
    await this.button(name).tap()
  }

  /** Taps the button of an action; between() does what the phone then asks for. */
  async call(name, between = async () => undefined) {
    await this.page.evaluate((action) => window.preview.page().setData({ [`answers.${action}`]: null }), name)
    await this.tap(name)
    await between(this.page)
    const answered = await this.page.waitForFunction((action) => {
      const page = window.preview.stack.length && window.preview.page()
      return page?.data.answers?.[action] ?? null
    }, name)
    return answered.jsonValue()
  }

  /** What the page's handler `note` heard of an event. */
  async noted(of, type) {
    const handle = await this.page.waitForFunction(([name, wanted]) => window.preview.page().data.noted.filter((note) => note.of === name && (!wanted || note.type === wanted)).pop(), [of, type])
    return (await handle.jsonValue()).detail
  }

  /** Moves a finger in steps, as a hand does. */
  async drag(from, to, steps = 8) {
    const session = await this.page.context().newCDPSession(this.page)
    const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints })
    await touch('touchStart', [from])
    for (let step = 1; step <= steps; step++) {
      await touch('touchMove', [{ x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps }])
    }
    await touch('touchEnd', [])
    await session.detach()
  }

  async close() {
    await this.page.close()
  }
}
