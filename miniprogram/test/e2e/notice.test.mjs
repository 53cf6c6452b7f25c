// What people are told: in the inbox, and in WeChat when they asked for it.
import assert from 'node:assert/strict'
import { everyLook, story } from './harness.mjs'

const day = 24 * 60 * 60 * 1000
const from = (milliseconds) => new Date(Date.now() + milliseconds).toISOString()

/** A task of the resident's community that can be taken. */
async function newTask(secretary, region_id, title) {
  const body = { region_id, star: 'harmony', title, points: 6, capacity: 3, claim_until: from(day), due_at: from(3 * day) }
  const { id } = await secretary.post('/tasks', body)
  await secretary.post(`/tasks/${id}/publish`)
  return id
}

/** The stories are told at any hour: the community has no quiet hours in them. */
async function byDay(world) {
  const secretary = await world.as('secretary')
  const where = `/regions/${secretary.person.home.community_id}/settings`
  await secretary.put(where, { ...(await secretary.get(where)), quiet_from: '00:00', quiet_until: '00:00', reason: '看消息怎么发' })
  return secretary
}

/** What WeChat got for a person, once there is as much of it as wanted. */
async function messagesTo(world, person, wanted) {
  for (let tries = 0; ; tries += 1) {
    const sent = (await world.messages()).filter(({ openid }) => openid === `sim-${person}`)
    if (sent.length >= wanted || tries > 100) return sent
    await new Promise((done) => setTimeout(done, 200))
  }
}

story('审核好了告诉我', async (world) => {
  const secretary = await byDay(world)
  const resident = await world.as('resident')
  const task = await newTask(secretary, resident.person.home.community_id, '给凉亭的长椅刷漆')
  const { id } = await resident.post(`/tasks/${task}/claims`)

  const phone = await world.open('resident', `/pages/task/claim/index?id=${id}`)
  await phone.tapText('做完了，交上去')
  await phone.tapText('审核好了告诉我')
  await phone.shot('asked')
  await phone.getByText('允许', { exact: true }).tap()
  await phone.sees('有消息就在微信里告诉您')
  const left = async () => (await resident.get('/me/notice-templates')).templates.find(({ name }) => name === '审核结果').remaining
  assert.equal(await left(), 1)

  const { unread } = await resident.get('/me/notices/count')
  await secretary.post(`/claims/${id}/review`, { verdict: 'approve' })
  const sent = await messagesTo(world, 'resident', 2)
  assert.deepEqual(sent.map(({ template_id }) => template_id).sort(), ['simulated-points', 'simulated-review'], 'one message for each consent')
  const message = sent.find(({ template_id }) => template_id === 'simulated-review')
  assert.equal(message.page, `pages/task/claim/index?id=${id}`)
  assert.equal(message.data.thing1, '给凉亭的长椅刷漆')
  assert.equal(message.data.phrase2, '通过')
  assert.equal(await left(), 0)

  await phone.go('/pages/home/index')
  await phone.tapText(`有${unread + 2}条新消息`)
  await phone.at('pages/notice/inbox/index')
  await phone.shot('inbox')
  await phone.shown().locator('.unread').filter({ hasText: '给凉亭的长椅刷漆' }).filter({ hasText: '任务通过审核' }).first().tap()
  await phone.at('pages/task/claim/index')
  await phone.sees('给凉亭的长椅刷漆')
  await phone.wx('navigateBack')
  await phone.at('pages/notice/inbox/index')
  await phone.shown().locator('.notice:not(.unread)').filter({ hasText: '任务通过审核' }).filter({ hasText: '给凉亭的长椅刷漆' }).first().waitFor()
  assert.equal((await resident.get('/me/notices/count')).unread, unread + 1)
  await phone.tapText('全部已读')
  await phone.sees('都看过了')
  await phone.seesNot('还没看的')
  assert.equal((await resident.get('/me/notices/count')).unread, 0)
  await phone.shot('read')
  assert.equal((await messagesTo(world, 'resident', 2)).length, 2, 'and nothing came twice')
}, { in: everyLook })

story('每到一步，都可以请微信告诉我', async (world) => {
  const secretary = await byDay(world)
  const resident = await world.as('resident')
  const phone = await world.open('resident', '/pages/home/index')
  const agree = async (label) => {
    await phone.tapText(label)
    await phone.getByText('允许', { exact: true }).tap()
    await phone.sees('有消息就在微信里告诉您')
  }
  const left = async (name) => (await resident.get('/me/notice-templates')).templates.find((one) => one.name === name).remaining

  const task = await newTask(secretary, resident.person.home.community_id, '给书屋的书包书皮')
  const { id } = await resident.post(`/tasks/${task}/claims`)
  await phone.go(`/pages/task/claim/index?id=${id}`)
  await phone.shot('claim')
  await phone.evaluate(() => {
    globalThis.wx.requestSubscribeMessage = ({ tmplIds: [first, second] }) => Promise.resolve({ [first]: 'accept', [second]: 'reject' })
  })
  await phone.tapText('快到期了提醒我')
  await phone.sees('您同意的会在微信里告诉您，别的在「我的消息」里看')
  await phone.shot('one')
  await phone.go(`/pages/task/claim/index?id=${id}`)
  await agree('快到期了提醒我')
  assert.deepEqual([await left('快到期了'), await left('审核结果')], [2, 1])
  await phone.tapText('做完了，交上去')
  await phone.sees('已经交给社区了')

  const reward = (await resident.get('/rewards?limit=100')).items.find(({ title }) => title === '理发一次')
  const redemption = await resident.post(`/rewards/${reward.id}/redemptions`)
  await phone.go(`/pages/reward/redemption/index?id=${redemption.id}`)
  await phone.shot('redemption')
  await phone.sees('有消息就在微信里告诉您') // one consent to hear of what runs out is still there
  await phone.go('/pages/points/index/index')
  await phone.tapText('少记了积分？')
  await phone.fill('哪一天，做了什么，没有记上？', '周日下午扫雪，没有记')
  await phone.tapText('送到社区')
  await agree('有答复告诉我')
  await phone.shot('dispute')
  const dispute = (await resident.get('/me/points/disputes?limit=100')).items.find(({ state }) => state === 'open')
  await secretary.post(`/points/disputes/${dispute.id}/answer`, { verdict: 'upheld', text: '那天没有这项活动' })
  const [message] = (await messagesTo(world, 'resident', 1)).filter(({ template_id }) => template_id === 'simulated-answer')
  assert.ok(message, 'the answer is told')

  const { items: teams } = await resident.get(`/teams?region_id=${resident.person.home.community_id}&limit=100`)
  const { id: team_id } = teams.find(({ mine }) => mine === 'admitted')
  await phone.go(`/pages/team/detail/index?id=${team_id}`)
  await phone.shot('team')
  await agree('活动、吹哨告诉我')
  assert.equal(await left('社区吹哨'), 1)
}, { in: everyLook })

story('不想在微信里收消息', async (world) => {
  const secretary = await byDay(world)
  const resident = await world.as('resident')
  const task = await newTask(secretary, resident.person.home.community_id, '把宣传栏擦干净')
  const { id } = await resident.post(`/tasks/${task}/claims`)
  await resident.put(`/claims/${id}/submission`, { text: '擦好了' })
  const phone = await world.open('resident', `/pages/task/claim/index?id=${id}`)
  await phone.tapText('审核好了告诉我')
  await phone.getByText('拒绝', { exact: true }).tap()
  await phone.seesNot('审核好了告诉我')
  await phone.sees('把宣传栏擦干净')
  await secretary.post(`/claims/${id}/review`, { verdict: 'return', reason: '右边还有一块没擦到' })
  await phone.go('/pages/me/index')
  await phone.tapText('我的消息')
  await phone.sees('右边还有一块没擦到')

  await phone.tapText('哪些消息发到微信')
  await phone.at('pages/notice/consents/index')
  await phone.tapRole('button', '社区吹哨，再发一条')
  await phone.getByText('允许', { exact: true }).tap()
  await phone.sees('还会发1条到微信')
  await phone.shot('consents')
  await phone.evaluate(() => {
    globalThis.wx.requestSubscribeMessage = ({ tmplIds }) => Promise.resolve({ [tmplIds[0]]: 'reject' }) // WeChat remembers a refusal, and does not ask
  })
  await phone.tapRole('button', '社区吹哨，再发一条')
  await phone.sees('请到设置里打开「订阅消息」')
  await phone.shot('settings')
  await phone.getByText('不用了', { exact: true }).tap()
  assert.equal((await world.messages()).length, 0)
})

story('候补轮到了', async (world) => {
  const secretary = await byDay(world)
  const leader = await world.as('leader')
  const resident = await world.as('resident')
  const grid = await world.as('grid')
  const team_id = leader.person.roles.find((role) => role.team_id).team_id
  const { id } = await secretary.post('/activities', {
    team_id, title: '修剪院里的冬青', star: 'harmony', place: { name: '南院' }, starts_at: from(2 * day), ends_at: from(2 * day + 3_600_000), capacity: 1, walk_in: false, points_per_hour: 10,
  })
  await secretary.post(`/activities/${id}/publish`)
  await grid.post(`/activities/${id}/signups`)
  const phone = await world.open('resident', `/pages/team/activity/index?id=${id}`)
  await phone.tapText('排候补')
  await phone.getByText('知道了', { exact: true }).tap()
  await phone.tapText('轮到我了告诉我')
  await phone.getByText('允许', { exact: true }).tap()
  await phone.sees('有消息就在微信里告诉您')
  await grid.remove(`/activities/${id}/signups/mine`)
  const [message] = await messagesTo(world, 'resident', 1)
  assert.equal(message.data.thing1, '修剪院里的冬青')
  assert.equal(message.data.thing4, '候补到名额了')
  await phone.go('/pages/notice/inbox/index')
  await phone.shown().locator('.unread').filter({ hasText: '候补到名额了' }).first().tap()
  await phone.at('pages/team/activity/index')
  await phone.sees('已报名')
  assert.equal((await resident.get(`/activities/${id}`)).my_signup?.state ?? 'confirmed', 'confirmed')
})

story('四联单的每一步都告诉点单人', async (world) => {
  const secretary = await byDay(world)
  const resident = await world.as('resident')
  const assignee = await world.as('assignee')
  const organisation_id = assignee.person.roles.find((role) => role.organisation_id).organisation_id
  const { id } = await resident.post('/tickets', { region_id: resident.person.home.community_id, category: 'facilities', text: '北门的路灯晚上不亮', show_name: true })
  const phone = await world.open('resident', `/pages/ticket/detail/index?id=${id}`)
  await phone.tapText('有进展告诉我')
  await phone.getByText('允许', { exact: true }).tap()
  await phone.sees('有消息就在微信里告诉您')

  await secretary.post(`/tickets/${id}/dispatch`, { organisation_id, due_at: from(2 * day) })
  await assignee.post(`/tickets/${id}/accept`)
  await assignee.post(`/tickets/${id}/complete`, { text: '换了灯泡' })
  const told = (await resident.get('/me/notices?unread=true&limit=100')).items.filter(({ subject }) => subject.id === id).map(({ kind }) => kind)
  assert.deepEqual(told.reverse(), ['ticket_dispatched', 'ticket_accepted', 'ticket_completed'])
  const sent = (await messagesTo(world, 'resident', 1)).filter(({ template_id }) => template_id === 'simulated-ticket')
  assert.equal(sent.length, 1, 'one consent, one message')
  assert.equal(sent[0].data.phrase2, '已派单')

  await phone.go('/pages/notice/inbox/index')
  await phone.sees('四联单办好了，请您评单')
  await phone.shot('told')
  await phone.shown().locator('.unread').filter({ hasText: '四联单办好了，请您评单' }).first().tap()
  await phone.at('pages/ticket/detail/index')
  await resident.put(`/tickets/${id}/review`, { score: 5, outcome: 'solved' })
  const worker = await world.open('assignee', '/pages/notice/inbox/index')
  await worker.shown().locator('.unread').filter({ hasText: '居民评单了' }).filter({ hasText: '5分' }).first().tap()
  await worker.at('pages/ticket/work/index')
})

story('微信不收的消息，改好再发', async (world) => {
  const secretary = await byDay(world)
  const resident = await world.as('resident')
  await world.tellWeChat({ path: '/cgi-bin/message/subscribe/send', err_code: 47003 })
  await resident.post('/me/notice-consents', { accepted: ['simulated-review'] })
  const task = await newTask(secretary, resident.person.home.community_id, '清点书屋的书')
  const { id } = await resident.post(`/tasks/${task}/claims`)
  await resident.put(`/claims/${id}/submission`, { text: '点好了' })
  await secretary.post(`/claims/${id}/review`, { verdict: 'approve' })
  const city = await world.as('city')
  const region = city.person.roles.find(({ role }) => role === 'city_officer').region_id
  const isDead = async () => (await city.get(`/notices/dead?region_id=${region}`)).items.some(({ kind }) => kind === 'claim_approved')
  for (let tries = 0; tries < 100 && !(await isDead()); tries += 1) await new Promise((done) => setTimeout(done, 200))

  const desk = await world.open('city', '/pages/desk/today/index')
  await desk.tapText('没发出的消息')
  await desk.at('pages/desk/messages/index')
  const letter = desk.shown().locator('.card').filter({ hasText: '任务通过审核' })
  await letter.getByText('微信不收，错误码 47003').waitFor()
  await desk.shot()
  assert.equal((await world.messages()).length, 0)
  await world.tellWeChat({ path: '/cgi-bin/message/subscribe/send' })
  await letter.getByText('重新发').tap()
  await desk.sees('马上重新发')
  await letter.waitFor({ state: 'detached' })
  const [message, ...more] = await messagesTo(world, 'resident', 1)
  assert.equal(message.data.thing1, '清点书屋的书')
  assert.equal(more.length, 0)
})
