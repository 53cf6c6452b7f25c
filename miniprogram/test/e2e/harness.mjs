// Drives the preview in Chromium, by touch, against a real server with a fresh demo database.
//
//   import { story } from './harness.mjs'
//   story('接一个微任务', async (world) => {
//     const phone = await world.open('resident', '/pages/home/index')   // a Playwright page with more helpers
//     await phone.tapText('我来做')
//     await phone.sees('进行中')
//     const secretary = await world.as('secretary')                     // the same server over HTTP
//     await secretary.post(`/claims/${id}/review`, { verdict: 'approve' })
//   })
//
// A story has a database of its own, and fails on any page error. The main job's stories run three times: on a usual
// phone, on a narrow one and in elder mode (`{ in: everyLook }`); the others on the usual phone. Screenshots go to
// dist/shots: of a story that fails always, of the others with SHOTS=1 in the environment.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { chromium } from 'playwright-core'
import { startServer } from './server.mjs'

const shots = path.resolve(import.meta.dirname, '../../dist/shots')
const takesShots = Boolean(process.env.SHOTS)

export const looks = [
  { name: 'usual', width: 390, height: 844, elder: false, scale: 1 },
  { name: 'narrow', width: 320, height: 568, elder: false, scale: 1 },
  { name: 'elder', width: 390, height: 844, elder: true, scale: 1.4 },
]

let browser
after(() => browser?.close())

async function chrome() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  return browser
}

export const everyLook = looks.map(({ name }) => name)

/** One story. LOOK in the environment tells all in that look only. */
export function story(name, tell, { in: names = ['usual'] } = {}) {
  const wanted = process.env.LOOK ? [process.env.LOOK] : names
  for (const look of looks.filter((one) => wanted.includes(one.name))) {
    test(`${name} (${look.name})`, { timeout: 180_000 }, async () => {
      const world = await startWorld(name, look)
      try {
        await tell(world)
      } catch (error) {
        await world.shotAll('failed')
        throw error
      } finally {
        await world.stop()
      }
      assert.deepEqual(world.faults, [], 'faults on the pages')
    })
  }
}

/** Changes some of the settings of the secretary's community. */
export async function setting(world, changes) {
  const secretary = await world.as('secretary')
  const path = `/regions/${secretary.person.home.community_id}/settings`
  await secretary.put(path, { ...(await secretary.get(path)), ...changes, reason: '样例原因' })
}

export async function startWorld(name, look = looks[0]) {
  const server = await startServer()
  const contexts = []
  const phones = []
  const faults = []
  const sessions = new Map()

  return {
    url: server.url,
    /** Has the simulated WeChat behave otherwise from now on (see server/wechat/simulator_behaviour.go). */
    async tellWeChat(behaviour) {
      const { status } = await fetch(`${server.weChat}/simulator/behaviour`, { method: 'PUT', body: JSON.stringify(behaviour) })
      assert.equal(status, 204, 'the simulated WeChat does not listen')
    },
    /** The subscribe messages that the simulated WeChat got: { openid, template_id, page, data }, oldest first. */
    async messages() {
      return (await (await fetch(`${server.weChat}/simulator/messages`)).json()).items
    },
    look,
    faults,
    /** Opens a page as a person, on a phone of their own. */
    async open(person, route = '/pages/home/index', options = {}) {
      const context = await (await chrome()).newContext({
        viewport: { width: look.width, height: look.height },
        hasTouch: true,
        isMobile: true,
        deviceScaleFactor: 2,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        acceptDownloads: true,
        ...options,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${person}: ${error.stack}`))
      const phone = Object.assign(page, helpers(page, `${name}-${look.name}-${person}`))
      phones.push(phone)
      const settings = new URLSearchParams({ as: person, scale: String(look.scale) })
      phone.go = async (to) => {
        await page.goto('about:blank')
        await page.goto(`${server.url}/preview/?${settings}#${to}`)
        await phone.at(to.replace(/^\//, '').split('?')[0])
      }
      if (look.elder) {
        await phone.go('/pages/me/index')
        await page.evaluate(() => globalThis.wx.setStorageSync('elder-mode', true))
      }
      await phone.go(route)
      return phone
    },
    /** A person over HTTP: get, post, put, patch, remove; each gives the answer's JSON or throws. */
    async as(person) {
      if (!sessions.has(person)) sessions.set(person, await caller(server.url, person))
      return sessions.get(person)
    },
    async shotAll(label) {
      for (const phone of phones) await phone.save(label).catch(() => undefined)
    },
    async stop() {
      await Promise.all(contexts.map((context) => context.close()))
      await server.stop()
    },
  }
}

function helpers(page, title) {
  page.setDefaultTimeout(20_000) // a machine with two cores and other things to do
  const shown = () => page.locator('.preview-page:not([hidden])')
  let count = 0
  return {
    /** What is on the page that is shown, and not on those below it. */
    shown,
    /** The shown element that holds this text (a string or RegExp), the first of several. */
    text: (text, options = {}) => shown().getByText(text, options).filter({ visible: true }).first(),
    tapText: (text, options) => shown().getByText(text, options).filter({ visible: true }).first().tap(),
    /** Taps a button, link or field by the name that a screen reader says. */
    tapRole: (role, name, options = {}) => shown().getByRole(role, { name, ...options }).first().tap(),
    fill: (label, value) => shown().getByLabel(label).first().fill(value),
    /** Waits until the text is shown: on the page, in a dialog or in a toast. */
    sees: (text, options = {}) => page.getByText(text, options).filter({ visible: true }).first().waitFor(),
    seesNot: async (text, options = {}) => {
      await page.waitForTimeout(300)
      assert.equal(await shown().getByText(text, options).filter({ visible: true }).count(), 0, `“${text}” is shown`)
    },
    at: (route) => page.waitForFunction((wanted) => document.documentElement.dataset.page === wanted, route.replace(/^\//, '')),
    /** Calls a wx function in the page, such as wx.navigateBack. */
    wx: (name, argument = {}) => page.evaluate(([n, a]) => globalThis.wx[n](a), [name, argument]),
    /** For people to look at; nothing depends on it. */
    shot: async (label) => {
      if (takesShots) await save(label)
    },
    save,
  }

  function save(label = '') {
    fs.mkdirSync(shots, { recursive: true })
    const file = `${title}-${String((count += 1)).padStart(2, '0')}${label && `-${label}`}.png`
    return page.screenshot({ path: path.join(shots, file.replace(/[\s/]/g, '')) })
  }
}

async function caller(url, person) {
  const base = `${url}/api/v1`
  const login = await fetch(`${base}/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code: `sim:${person}` }) })
  const session = await login.json()
  const call = async (method, where, body) => {
    const answer = await fetch(base + where, {
      method,
      headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${person}: ${method} ${where}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
  return {
    person: session.person,
    token: session.token,
    get: (where) => call('GET', where),
    post: (where, body = {}) => call('POST', where, body),
    put: (where, body = {}) => call('PUT', where, body),
    patch: (where, body = {}) => call('PATCH', where, body),
    remove: (where) => call('DELETE', where),
  }
}
