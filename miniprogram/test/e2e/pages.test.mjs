// Every page, as everybody whose rights on it differ: it opens without a fault, in the largest type on the narrowest phone nothing is cut
// or sticks out, and axe-core finds no serious fault. No page is left out: the list is app.json's own.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { startWorld } from './harness.mjs'

const source = path.resolve(import.meta.dirname, '../../src')
const app = JSON.parse(fs.readFileSync(path.join(source, 'app.json'), 'utf8'))
const routes = [...app.pages, ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))]
const axe = fs.readFileSync(path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

/**
 * One of each kind of rights: district has those of city, secretary2 those of secretary, merchant those of assignee.
 * The outsider is secretary of another community.
 */
const people = ['admin', 'city', 'street', 'secretary', 'outsider', 'leader', 'grid', 'assignee', 'resident', 'newcomer']

const tabs = ['pages/home/index', 'pages/me/index']
const isOfDesk = (route) => route.startsWith('pages/desk/')

/** Whether a person's rights on a page are nobody else's too: at the desk all without a task there are as the resident is, elsewhere all officers as the street's. */
function differsOn(route, person) {
  if (tabs.includes(route)) return true
  if (person === 'leader' && route === 'pages/desk/review/index') return true
  return isOfDesk(route) ? !['leader', 'assignee'].includes(person) : !['admin', 'city'].includes(person)
}

/** Whose page it is; the first that fits. */
const owners = [
  [/^pages\/desk\/(regions|spot-checks)/, 'street'],
  [/^pages\/desk\/messages/, 'city'],
  [/^pages\/desk\//, 'secretary'],
  [/^pages\/team\/(leading|code|scanning|attendance|closing|members|edit)/, 'leader'],
  [/^pages\/ticket\/(assigned|work)/, 'assignee'],
  [/^pages\/reward\/(fulfil|statement)/, 'merchant'],
  [/./, 'resident'],
]
const ownerOf = (route) => owners.find(([pattern]) => pattern.test(route))[1]

/** What the pages are opened with, from what the demo data holds. */
async function addresses(world) {
  const secretary = await world.as('secretary')
  const resident = await world.as('resident')
  const leader = await world.as('leader')
  const assignee = await world.as('assignee')
  const first = async (caller, where) => (await caller.get(where)).items[0]
  const community = resident.person.home.community_id
  const team = leader.person.roles.find(({ team_id }) => team_id).team_id
  const task = await first(resident, `/tasks?region_id=${community}&state=published`)
  const claim = await first(resident, '/me/claims')
  const station = await first(resident, `/stations?region_id=${community}`)
  const activities = (await secretary.get(`/activities?region_id=${community}&limit=100`)).items
  const published = activities.find((activity) => activity.state === 'published' && activity.team_id === team)
  const closed = activities.find(({ state }) => state === 'closed')
  const ticket = await first(resident, `/tickets?region_id=${community}&stage=raised`)
  const assigned = await first(assignee, '/tickets/assigned')
  const household = await first(secretary, `/regions/${community}/households`)
  const person = resident.person.id
  const certificate = await first(resident, '/me/certificates')
  const reward = await first(resident, `/rewards?region_id=${community}`)
  const redemption = await first(resident, '/me/redemptions?state=redeemed')
  const merchant = await world.as('merchant')
  const shop = merchant.person.roles[0].organisation_id
  const options = {
    'pages/task/detail/index': { id: task.id },
    'pages/task/claim/index': { id: claim.id },
    'pages/task/station/index': { id: station.id },
    'pages/team/detail/index': { id: team },
    'pages/team/activity/index': { id: published.id },
    'pages/team/checkin/index': { id: published.id, code: 'a-code-that-is-none' },
    'pages/team/code/index': { id: published.id },
    'pages/team/scanning/index': { id: published.id },
    'pages/team/attendance/index': { id: published.id },
    'pages/team/closing/index': { id: published.id },
    'pages/team/members/index': { id: team },
    'pages/team/edit/index': { team_id: team },
    'pages/ticket/detail/index': { id: ticket.id },
    'pages/ticket/work/index': { id: assigned.id },
    'pages/reward/detail/index': { id: reward.id },
    'pages/reward/redemption/index': { id: redemption.id },
    'pages/reward/statement/index': { id: shop },
    'pages/desk/reward/index': { id: reward.id },
    'pages/scan/index': { code: 'a text that is no code of ours' },
    'pages/desk/points/index': { region_id: community },
    'pages/desk/person/index': { id: person },
    'pages/desk/dispatch/index': { id: ticket.id },
    'pages/desk/activity/index': { id: closed.id },
    'pages/desk/station/index': { id: station.id },
    'pages/desk/roles/index': { person_id: person },
    'pages/desk/household/index': { id: household.id },
    'pages/desk/figures/index': { region_id: community },
    'pages/desk/bulletin/index': { region_id: community },
    'pages/desk/counted/index': { region_id: community, figure: 'points_given' },
    'pages/figures/calendar/index': { region_id: community },
    'pages/figures/check/index': { number: certificate.number },
  }
  return routes.map((route) => {
    const query = new URLSearchParams(options[route]).toString()
    return { route, url: `/${route}${query && `?${query}`}` }
  })
}

/** Opens a page in a mini-program that is running, and waits until it shows what it has. */
async function visit(phone, { route, url }) {
  await phone.wx('reLaunch', { url })
  await phone.at(route)
  await phone.waitForFunction(() => globalThis.preview.page()?.data.state !== 'loading')
  await phone.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** What people read when the page itself has failed, and not the server or the network. */
const ownFault = '出了点问题，请再试一次'

test('every page opens without a fault for everybody', { timeout: 600_000 }, async () => {
  const world = await startWorld('every-page')
  try {
    const pages = await addresses(world)
    for (const person of people) {
      const phone = await world.open(person)
      for (const page of pages.filter(({ route }) => differsOn(route, person))) {
        await visit(phone, page)
        const words = (await phone.shown().innerText()).trim()
        assert.match(words, /\p{Script=Han}/u, `${person} sees no word on ${page.url}`)
        assert.doesNotMatch(words, /undefined|NaN|\[object|Invalid Date/, `${person} on ${page.url}: ${words}`)
        const { state, failure } = await phone.evaluate(() => ({ ...globalThis.preview.page().data }))
        assert.notEqual(failure, ownFault, `${person} on ${page.url}`)
        if (person === ownerOf(page.route)) assert.notEqual(state, 'failed', `${person} on ${page.url}: ${failure}`)
      }
      await phone.context().close()
    }
    assert.deepEqual(world.faults, [])
  } finally {
    await world.stop()
  }
})

test('in the largest type on the narrowest phone every text is inside its box', { timeout: 600_000 }, async () => {
  const faults = []
  await forEachOwner({ name: 'largest', width: 320, height: 568, elder: true, scale: 1.6 }, async (phone, { url }) => {
    for (const fault of await phone.evaluate(textsOutside)) faults.push(`${url}: ${fault}`)
  })
  assert.deepEqual(faults, [])
})

test('axe-core finds no serious fault', { timeout: 600_000 }, async () => {
  const faults = []
  await forEachOwner({ name: 'axe', width: 390, height: 844, elder: false, scale: 1 }, async (phone, { url }) => {
    await phone.evaluate((script) => globalThis.axe ?? (0, eval)(script), axe)
    const { violations } = await phone.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    for (const { id, impact, nodes } of violations) {
      if (impact === 'serious' || impact === 'critical') faults.push(`${url}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
    }
  })
  assert.deepEqual(faults, [])
})

test('every control can be reached and named, and is large enough for a thumb', { timeout: 600_000 }, async () => {
  const faults = []
  await forEachOwner({ name: 'controls', width: 390, height: 844, elder: true, scale: 1 }, async (phone, { url }) => {
    for (const fault of await phone.evaluate(controlsThatFail)) faults.push(`${url}: ${fault}`)
  })
  assert.deepEqual(faults, [])
})

async function forEachOwner(look, look_at) {
  const world = await startWorld(look.name, look)
  try {
    const pages = await addresses(world)
    for (const owner of new Set(routes.map(ownerOf))) {
      const phone = await world.open(owner)
      for (const page of pages.filter(({ route }) => ownerOf(route) === owner)) {
        await visit(phone, page)
        await look_at(phone, page)
      }
      await phone.context().close()
    }
    assert.deepEqual(world.faults, [])
  } finally {
    await world.stop()
  }
}

/** Runs in the page: texts that stick out of the phone, or are cut by a box that hides what does not fit. */
function textsOutside() {
  const found = []
  const shown = document.querySelector('.preview-page:not([hidden])')
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim()
    const element = walker.currentNode.parentElement
    if (!text || !element.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    const box = range.getBoundingClientRect()
    if (!box.width || !box.height) continue
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`“${text}” sticks out of the phone: ${Math.round(box.left)} to ${Math.round(box.right)}`)
    for (let holder = element; holder && holder !== shown; holder = holder.parentElement) {
      const style = getComputedStyle(holder)
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break
      const limit = holder.getBoundingClientRect()
      if (box.right > limit.right + 1 || box.bottom > limit.bottom + 2) found.push(`“${text}” is cut by ${holder.tagName}.${holder.className}`)
      break
    }
  }
  return [...new Set(found)]
}

/** Runs in the page: controls without a name, out of the keyboard's reach, or smaller than 48 px in elder mode. */
function controlsThatFail() {
  const found = []
  const shown = document.querySelector('.preview-page:not([hidden])')
  const controls = 'input, textarea, [role=button], [role=link], [role=switch], [role=tab], wx-navigator, wx-button'
  for (const control of shown.querySelectorAll(controls)) {
    if (!control.checkVisibility() || control.getAttribute('aria-hidden') === 'true') continue
    const what = control.outerHTML.slice(0, 120)
    const name = control.getAttribute('aria-label') || control.placeholder || control.innerText?.trim()
    if (!name) found.push(`has no name: ${what}`)
    if (control.tabIndex < 0 && !control.closest('[tabindex="0"]') && !control.querySelector('[tabindex="0"], input, textarea')) found.push(`cannot be reached by keyboard: ${what}`)
    const tapped = ['[role=button]', 'wx-navigator', 'wx-label', 'wx-input', 'wx-textarea'].map((holder) => control.closest(holder))
    const height = Math.max(...[control, ...tapped].map((element) => element?.getBoundingClientRect().height ?? 0))
    if (height < 47.5) found.push(`${Math.round(height)} px high: ${what}`)
  }
  return [...new Set(found)]
}
