// Service tickets as residents and assignees live them: the four parts with backers, decline, rework and review; the
// draft that stays; an offer to two; a similar ticket backed instead. The community dispatches over HTTP.
import assert from 'node:assert/strict'
import path from 'node:path'
import { everyLook, story } from './harness.mjs'

const photo = path.resolve(import.meta.dirname, '../../src/assets/home.png')
const later = (hours) => new Date(Date.now() + hours * 3600_000).toISOString()
const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()
const detail = (id) => `/pages/ticket/detail/index?id=${id}`
const work = (id) => `/pages/ticket/work/index?id=${id}`

const wish = '凉亭的木凳断了一条腿，坐上去会摔。'

/** What the community does: raise over HTTP, and dispatch to organisations by name. */
async function community(world) {
  const secretary = await world.as('secretary')
  const region_id = secretary.person.home.community_id
  const { items } = await secretary.get(`/organisations?region_id=${region_id}&limit=100`)
  const idOf = (name) => items.find((one) => one.name.includes(name)).id
  return {
    secretary,
    region_id,
    async raise(person, text) {
      const raiser = await world.as(person)
      const { id } = await raiser.post('/tickets', { region_id, category: 'facilities', text, show_name: true })
      await passed(secretary, id)
      return id
    },
    dispatch: (id, ...names) =>
      secretary.post(`/tickets/${id}/dispatch`, { due_at: later(48), note: '请先看看', ...(names.length > 1 ? { offer_to: names.map(idOf) } : { organisation_id: idOf(names[0]) }) }),
  }
}

/** WeChat's check of the text comes a moment after it was sent. */
async function passed(secretary, id) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if ((await secretary.get(`/tickets/${id}`)).content_state === 'passed') return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the text of ${id} was not checked`)
}

async function rate(phone, star, outcome, text) {
  await phone.tapRole('button', star)
  await phone.tapText(outcome, { exact: true })
  await phone.fill('想说的话', text)
}

async function addPhoto(phone) {
  const chooser = phone.waitForEvent('filechooser')
  await phone.tapRole('button', '添加照片')
  const consent = phone.getByText('同意，继续')
  await Promise.race([chooser, consent.waitFor().then(() => consent.tap(), () => undefined)])
  await (await chooser).setFiles(photo)
  await phone.shown().getByRole('button', { name: '去掉第1张照片' }).waitFor()
  await phone.shown().getByText('正在发送').waitFor({ state: 'detached' })
}

story('四联单走完四步', async (world) => {
  const office = await community(world)
  const resident = await world.open('resident', '/pages/ticket/raise/index')
  await resident.tapText('交给社区')
  await resident.sees('请先点一下，是哪一类的事')
  await confirm(resident, '知道了')
  await resident.tapText('公共设施', { exact: true })
  await resident.fill('是什么事', wish)
  await resident.fill('在什么地方', '样板院凉亭')
  await addPhoto(resident)
  await resident.tapText('不让看到')
  await resident.shot('raise')
  await resident.tapText('交给社区')
  await resident.at('pages/ticket/detail/index')
  await resident.sees('等待派单')
  await resident.sees('等社区派给能办的单位')
  assert.equal(await resident.shown().getByText('附议，我也希望办').count(), 0, 'one may back one’s own ticket')
  await resident.shown().getByRole('button', { name: '放大第1张照片' }).waitFor()
  const own = await (await world.as('resident')).get('/tickets/mine')
  const { id } = own.items[0]
  await passed(office.secretary, id)

  // two backers, one of whom takes it back once
  const neighbour = await world.open('volunteer1', '/pages/ticket/list/index')
  await neighbour.tapText('最新的')
  await neighbour.sees(wish)
  await neighbour.sees('一位居民')
  await neighbour.tapRole('button', `附议：${wish}`)
  await neighbour.sees('1 位邻居附议')
  await neighbour.shot('backed')
  const another = await world.open('volunteer2', detail(id))
  await another.tapText('附议，我也希望办')
  await another.sees('2 位邻居附议')
  await another.tapText('收回我的附议')
  await another.sees('1 位邻居附议')
  await another.tapText('附议，我也希望办')
  await another.sees('2 位邻居附议')
  assert.equal((await office.secretary.get(`/tickets/${id}`)).votes, 2)

  // declined, dispatched again, accepted, worked on
  await office.dispatch(id, '物业')
  const assignee = await world.open('assignee', '/pages/ticket/assigned/index')
  await assignee.tapText(wish)
  await assignee.at('pages/ticket/work/index')
  await assignee.shot('offered')
  await assignee.tapText('接不了，说明原因')
  await assignee.locator('.preview-modal input').fill('木工这两天不在')
  await confirm(assignee, '确定')
  await assignee.sees('等待派单')
  await assignee.seesNot('接单，我们来办')
  await office.dispatch(id, '物业')
  await assignee.go(work(id))
  await assignee.tapText('接单，我们来办')
  await assignee.sees('正在办理，有进展会写在这里')
  await assignee.tapText('写进展', { exact: true })
  await assignee.tapText('办理前', { exact: true })
  await assignee.fill('情况怎么样', '凳腿从榫头断了')
  await addPhoto(assignee)
  await assignee.tapText('写上进展')
  await assignee.sees('凳腿从榫头断了')
  await assignee.tapText('写进展', { exact: true })
  await assignee.tapText('全部办完', { exact: true })
  await assignee.fill('情况怎么样', '钉了一条新腿')
  await assignee.tapText('办完了，请居民评单')
  await confirm(assignee, '办完了')
  await assignee.sees('等待评价')
  await assignee.shot('completed')
  await assignee.seesNot('写进展')

  // a score of 1 sends it back
  await resident.go(detail(id))
  await resident.tapText('交上评价')
  await resident.sees('请先点星星打分')
  await confirm(resident, '知道了')
  await rate(resident, '1分，很不满意', '没有解决', '一坐又掉了')
  await resident.sees('这件事会退回社区，重新派人办理')
  await resident.shot('bad-review')
  await resident.tapText('交上评价')
  await resident.sees('这是第1次重办，最多2次')
  await resident.sees('木工这两天不在')
  await resident.shot('rework')

  // done well, reviewed by the raiser and by a backer
  await office.dispatch(id, '物业')
  const worker = await world.as('assignee')
  await worker.post(`/tickets/${id}/accept`)
  await worker.post(`/tickets/${id}/complete`, { text: '换了整条凳子' })
  await resident.go('/pages/ticket/mine/index')
  await resident.sees('请您评单')
  await resident.tapText(wish)
  await resident.sees('换了整条凳子')
  await rate(resident, '5分，非常满意', '已经解决', '这回稳当')
  await resident.tapText('交上评价')
  await resident.sees('评单：5分，非常满意，已经解决')
  await resident.sees('评单：1分，很不满意，没有解决') // what was written stays
  await resident.seesNot('交上评价')
  await resident.shot('closed')
  await neighbour.go(detail(id))
  await rate(neighbour, '4分，满意', '已经解决', '坐过了')
  await neighbour.sees('您附议过这件事')
  await neighbour.tapText('交上评价')
  await neighbour.sees('附议居民评单：4分，满意，已经解决')
  await neighbour.seesNot('交上评价')
  const closed = await office.secretary.get(`/tickets/${id}`)
  assert.deepEqual([closed.stage, closed.score, closed.rework], ['closed', 5, 1])
}, { in: everyLook })

story('没写完的点单留在手机上', async (world) => {
  const phone = await world.open('resident', '/pages/ticket/raise/index')
  await phone.tapText('为老服务', { exact: true })
  await phone.fill('是什么事', wish)
  await phone.fill('在什么地方', '样板院凉亭')
  await phone.reload()
  await phone.at('pages/ticket/raise/index')
  await phone.sees('上次没写完的，给您留着了')
  assert.equal(await phone.shown().getByLabel('是什么事').inputValue(), wish)
  assert.equal(await phone.shown().getByLabel('在什么地方').inputValue(), '样板院凉亭')
  await phone.shot()
  const long = wish + '😀'.repeat(300)
  await phone.fill('是什么事', long)
  const searched = []
  await phone.route('**/tickets/similar?*', (route) => {
    searched.push(new URL(route.request().url()).searchParams.get('text'))
    return route.fulfill({ status: 500 })
  })
  await phone.tapText('交给社区')
  await phone.at('pages/ticket/detail/index')
  assert.deepEqual(searched.map((text) => Array.from(text).length), [200], 'not the beginning alone')
  const [raised] = (await (await world.as('resident')).get('/tickets/mine')).items
  assert.deepEqual([raised.text, raised.category, raised.place], [long, 'elder_care', '样板院凉亭'])
  await phone.go('/pages/ticket/raise/index')
  await phone.sees('是哪一类的事')
  assert.equal(await phone.shown().getByLabel('是什么事').inputValue(), '', 'a ticket that was sent is still a draft')
})

story('同时问两家，先接的办', async (world) => {
  const office = await community(world)
  const id = await office.raise('resident', wish)
  await office.dispatch(id, '物业', '修理社')
  const first = await world.open('assignee', work(id))
  const second = await world.open('volunteer10', '/pages/ticket/assigned/index')
  await second.tapText(wish)
  await second.sees('社区同时问了2家，谁先接就是谁的')
  await second.shot('offered')
  await first.tapText('接单，我们来办')
  await first.sees('正在办理，有进展会写在这里')
  await second.tapText('接单，我们来办')
  await second.sees('已经有人接了')
  await second.shot('taken')
  await confirm(second, '知道了')
  await second.seesNot('接单，我们来办')
  await second.seesNot('写进展')
})

story('派给一位居民的单子，在我的里面', async (world) => {
  const office = await community(world)
  const id = await office.raise('volunteer1', wish)
  const phone = await world.open('resident', '/pages/me/index')
  await phone.sees('我的四联单')
  await phone.seesNot('派给我的单子')
  const { person } = await world.as('resident')
  await office.secretary.post(`/tickets/${id}/dispatch`, { due_at: later(48), person_id: person.id })
  await phone.go('/pages/me/index')
  await phone.shot('me')
  await phone.tapText('派给我的单子')
  await phone.at('pages/ticket/assigned/index')
  await phone.shot('assigned')
  await phone.tapText(wish)
  await phone.at('pages/ticket/work/index')
  await phone.tapText('接单，我们来办')
  await phone.sees('正在办理，有进展会写在这里')
})

story('邻居说过的事，点我也是', async (world) => {
  const office = await community(world)
  const id = await office.raise('volunteer1', '凉亭里的木凳断了一条腿，没人修。')
  const phone = await world.open('volunteer2', '/pages/ticket/raise/index')
  await phone.tapText('公共设施', { exact: true })
  await phone.fill('是什么事', '凉亭木凳断了一条腿')
  await phone.tapText('交给社区')
  await phone.sees('邻居好像说过这件事')
  await phone.shot('similar')
  await phone.tapText('回去再改改')
  await phone.sees('是哪一类的事')
  await phone.tapText('交给社区')
  await phone.tapRole('button', '我也是')
  await phone.at('pages/ticket/detail/index')
  await phone.sees('1 位邻居附议')
  const voter = await world.as('volunteer2')
  assert.equal((await voter.get(`/tickets/${id}`)).voted, true)
  assert.equal((await voter.get('/tickets/mine')).items.length, 0, 'the similar ticket was raised as well')
  await phone.go('/pages/ticket/raise/index')
  await phone.sees('是哪一类的事')
  assert.equal(await phone.shown().getByLabel('是什么事').inputValue(), '')
})

story('不像的照样点单，自己撤回', async (world) => {
  const office = await community(world)
  await office.raise('volunteer1', '凉亭里的木凳断了一条腿，没人修。')
  const phone = await world.open('volunteer2', '/pages/ticket/raise/index')
  await phone.tapText('公共设施', { exact: true })
  await phone.fill('是什么事', '凉亭里的木凳，漆都掉了')
  await phone.tapText('交给社区')
  await phone.tapText('都不是，交给社区')
  await phone.at('pages/ticket/detail/index')
  await phone.tapText('撤回这张单')
  await confirm(phone, '撤回')
  await phone.sees('点单人自己撤回了，不再办理')
  await phone.seesNot('撤回这张单')
})

story('没有人评价，如实说', async (world) => {
  const office = await community(world)
  const { items } = await office.secretary.get(`/tickets?region_id=${office.region_id}&stage=closed&limit=100`)
  const unrated = items.find((one) => one.closed_as === 'unrated')
  const phone = await world.open('resident', '/pages/ticket/list/index')
  await phone.tapText('已办结')
  await phone.tapText('没有人评价')
  await phone.at('pages/ticket/detail/index')
  await phone.sees('没有评价不等于满意')
  await phone.sees(unrated.number)
  await phone.shot()
})

story('超期的排在最前', async (world) => {
  const phone = await world.open('assignee', '/pages/ticket/assigned/index')
  await phone.tapText('正在办')
  await phone.sees('还没办完，超期')
  const cards = await phone.shown().locator('ticket-card').allInnerTexts()
  const whole = (await (await world.as('assignee')).get('/tickets/assigned?stage=accepted')).items
  assert.equal(cards.length, whole.length)
  assert.match(cards[0], /超期/)
  assert.ok(!/超期/.test(cards.at(-1)), 'nothing is on time')
  await phone.shot()
})
