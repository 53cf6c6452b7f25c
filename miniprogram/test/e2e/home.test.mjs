// The home page, scanning, helping by a card, and what a person decides about themselves.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { everyLook, story } from './harness.mjs'

async function scan(phone, text, { consents = true } = {}) {
  await phone.tapText('扫一扫', { exact: true })
  if (consents) await phone.getByText('同意，继续').tap()
  await phone.getByLabel('码的内容').fill(text)
  await phone.getByText('扫这个').tap()
}

const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()

/** A card of somebody of the community who has no phone. */
async function newCard(world) {
  const secretary = await world.as('secretary')
  const elder = await secretary.post(`/regions/${secretary.person.home.community_id}/people`, { name: '样例老人' })
  return { elder, ...(await secretary.post(`/people/${elder.id}/cards`)) }
}

story('新来的人选择常住社区', async (world) => {
  const phone = await world.open('newcomer1')
  await phone.sees('您住在哪个社区？')
  await phone.shot('nohome')
  await phone.tapText('选择常住社区')
  await phone.at('pages/me/home/index')
  await phone.tapText('三湾街社区')
  await phone.sees('知道是哪个网格，就点一下')
  await phone.tapText('槐荫院', { exact: false })
  await phone.shot('choosing')
  await phone.tapText('我住在三湾街社区')
  await phone.at('pages/home/index')
  await phone.sees('今天可以做的')
  const { home } = await (await world.as('newcomer1')).get('/me')
  assert.equal(home.community_name, '三湾街社区')
  assert.ok(home.grid_name)
})

story('没有常住社区，或住在别处，也知道怎么办', async (world) => {
  const secretary = await world.as('secretary')
  const region_id = secretary.person.home.community_id
  const hours = (count) => new Date(Date.now() + count * 3600_000).toISOString()
  const ticket = await secretary.post('/tickets', { region_id, category: 'other', text: '样例心愿：长椅坏了一根木条', show_name: true })
  const task = await secretary.post('/tasks', { region_id, star: 'harmony', title: '样例扫楼道', points: 6, capacity: 3, claim_until: hours(24), due_at: hours(72) })
  await secretary.post(`/tasks/${task.id}/publish`)
  const leader = await world.as('leader')
  const { team_id } = leader.person.roles.find(({ role }) => role === 'leader')
  const activity = async (starts_at) => {
    const { id } = await leader.post('/activities', {
      team_id, title: '样例扫雪', star: 'harmony', place: { name: '槐荫院凉亭' }, starts_at, ends_at: hours(6), capacity: 20, walk_in: true, points_per_hour: 20,
    })
    await secretary.post(`/activities/${id}/publish`)
    return id
  }
  const [later, now] = [await activity(hours(5)), await activity(hours(0))]
  const { text } = await leader.get(`/activities/${now}/checkin-code`)

  const phone = await world.open('newcomer1', `/pages/ticket/detail/index?id=${ticket.id}`)
  await phone.sees('选好常住社区，就能看社区的四联单。')
  await phone.shot('ticket')
  await phone.go(`/pages/task/detail/index?id=${task.id}`)
  await phone.sees('选好常住社区，就能领这个任务。')
  await phone.seesNot('我来做')
  await phone.shot('task')
  await phone.go(`/pages/team/activity/index?id=${later}`)
  await phone.sees('选好常住社区，就能参加这个活动。')
  await phone.seesNot('我要报名')
  await phone.shot('activity')
  await phone.go(`/pages/team/checkin/index?id=${now}&code=${text}`)
  await phone.sees('选好常住社区，就能再扫一次队长的码签到。')
  await phone.seesNot('打开我的个人码')
  await phone.shot('checkin')
  await phone.tapText('选择常住社区', { exact: true })
  await phone.at('pages/me/home/index')

  const newcomer = await world.as('newcomer1')
  const admin = await world.as('admin')
  const { parent_id } = await admin.get(`/regions/${region_id}`)
  const village = (await admin.get(`/regions?parent_id=${parent_id}`)).items.find(({ id }) => id !== region_id)
  await newcomer.patch('/me', { home_region_id: village.id })
  await phone.go(`/pages/ticket/detail/index?id=${ticket.id}`)
  await phone.sees('这是别的社区的四联单')
  await phone.go(`/pages/task/detail/index?id=${task.id}`)
  await phone.sees('这是别的社区的任务')
  await phone.seesNot('我来做')
  await phone.go(`/pages/team/activity/index?id=${later}`)
  await phone.sees('这是别的社区的活动')
  await phone.seesNot('我要报名')
  await phone.shot('elsewhere')
}, { in: everyLook })

story('拿着乐享卡替老人办事', async (world) => {
  const { elder, qr_text } = await newCard(world)
  const phone = await world.open('leader')
  await scan(phone, qr_text)
  await phone.at('pages/scan/index')
  await phone.sees('这是一张乐享卡')
  await phone.shot('card')
  await phone.tapText('帮持卡人办理')
  await phone.at('pages/home/index')
  await phone.sees('正在帮 样例老人 办理')
  await phone.sees('，样例老人')
  await phone.shot('helping')
  await phone.tapText('看全部任务')
  await phone.at('pages/task/list/index')
  await phone.shown().getByText('名额 ·').filter({ visible: true }).first().tap()
  await phone.at('pages/task/detail/index')
  await phone.tapText('我来做')
  await phone.at('pages/task/claim/index')

  const secretary = await world.as('secretary')
  const community = secretary.person.home.community_id
  const claims = (await secretary.get(`/regions/${community}/claims?state=claimed&limit=100`)).items
  const taken = claims.find(({ person_id }) => person_id === elder.id)
  assert.equal(taken?.helper_id, (await world.as('leader')).person.id, 'the helper is not recorded beside')

  await phone.tapText('结束', { exact: true })
  await phone.at('pages/home/index')
  await phone.seesNot('正在帮')
})

story('别人捡到的卡、认不得的码、别人的个人码', async (world) => {
  const { qr_text } = await newCard(world)
  const phone = await world.open('resident')
  await scan(phone, qr_text)
  await phone.sees('请交给队长、网格员或社区的同志来扫')
  await phone.tapText('回首页')
  await phone.at('pages/home/index')
  await scan(phone, 'https://example.org/hello', { consents: false })
  await phone.sees('这个码不是我们的')
  await phone.shot('unknown')
  const { text } = await (await world.as('leader')).get('/me/code')
  await phone.fill('码上的字', text)
  await phone.tapText('打开', { exact: true })
  await phone.sees('这是别人手机上的个人码')
  await phone.fill('码上的字', '123 456 7890')
  await phone.tapText('打开', { exact: true })
  await phone.at('pages/reward/fulfil/index')
})

story('挂失的卡', async (world) => {
  const { elder, id, qr_text } = await newCard(world)
  await (await world.as('secretary')).remove(`/people/${elder.id}/cards/${id}`)
  const phone = await world.open('leader')
  await scan(phone, qr_text)
  await phone.tapText('帮持卡人办理')
  await phone.sees('这张卡不能使用')
  await phone.wx('switchTab', { url: '/pages/home/index' }) // the same run: what is kept in memory is kept
  await phone.sees(`，${(await world.as('leader')).person.name}`)
  await phone.seesNot('正在帮')
})

story('不同意隐私指引，还有别的办法', async (world) => {
  const phone = await world.open('resident')
  await phone.tapText('扫一扫', { exact: true })
  await phone.sees('先说明一件事')
  await phone.shot('consent')
  await phone.getByText('不同意，用别的办法').tap()
  await phone.at('pages/scan/index')
  await phone.sees('没有扫到码')
  const secretary = await world.as('secretary')
  const [station] = (await secretary.get(`/stations?region_id=${secretary.person.home.community_id}`)).items
  await phone.fill('码上的字', `pages/task/station/index?scene=s%3D${station.id}`)
  await phone.tapText('打开', { exact: true })
  await phone.at('pages/task/station/index')
  await phone.sees(station.name, { exact: true })
})

story('四联单和签到码也从这里扫', async (world) => {
  const resident = await world.as('resident')
  const ticket = await resident.post('/tickets', { region_id: resident.person.home.community_id, category: 'other', text: '样例心愿：长椅坏了一根木条', show_name: true })
  const phone = await world.open('resident')
  await scan(phone, `${world.url}/tickets/${ticket.id}`)
  await phone.at('pages/ticket/detail/index')
  await phone.sees('样例心愿：长椅坏了一根木条')

  const [leader, secretary] = [await world.as('leader'), await world.as('secretary')]
  const { team_id } = leader.person.roles.find(({ role }) => role === 'leader')
  const { id } = await leader.post('/activities', {
    team_id, title: '样例扫雪', star: 'harmony', place: { name: '槐荫院凉亭' }, starts_at: new Date().toISOString(), ends_at: new Date(Date.now() + 3600_000).toISOString(),
    capacity: 20, walk_in: true, points_per_hour: 20,
  })
  await secretary.post(`/activities/${id}/publish`)
  const { text } = await leader.get(`/activities/${id}/checkin-code`)
  await phone.go('/pages/home/index')
  await scan(phone, text, { consents: false })
  await phone.at('pages/team/checkin/index')
  await phone.sees('签到成功')
  await phone.sees('样例扫雪')
})

story('一个人离开', async (world) => {
  const before = (await world.as('resident')).person
  const phone = await world.open('resident', '/pages/me/index')
  await phone.tapText('隐私和账号')
  await phone.at('pages/me/privacy/index')
  await phone.tapText('给我看看')
  await phone.sees('第一次来')
  await phone.sees('抽查和异常情况')
  await phone.shot('kept')
  const downloaded = phone.waitForEvent('download')
  await phone.tapText('存一份完整的')
  const file = JSON.parse(fs.readFileSync(await (await downloaded).path(), 'utf8'))
  assert.equal(file.person.id, before.id)

  await phone.tapText('删除我的资料，离开')
  await phone.sees('会马上删除')
  await confirm(phone, '再想想')
  assert.equal((await (await world.as('resident')).get('/me')).name, before.name)
  await phone.tapText('删除我的资料，离开')
  await confirm(phone, '我要离开')
  await phone.sees('积分账本会留下')
  await phone.shot('leaving')
  await phone.evaluate((id) => globalThis.wx.setStorageSync(`ticket-draft-${id}`, { text: '样例草稿' }), before.id)
  const logins = []
  phone.on('request', (request) => request.url().endsWith('/sessions') && logins.push(request.method()))
  await confirm(phone, '删除并离开')
  await phone.sees('您已经离开，资料已删除')
  assert.deepEqual(logins, [], 'the person is back before they wanted to')
  assert.deepEqual(await phone.evaluate(() => globalThis.wx.getStorageInfoSync().keys), [], 'something stays on the phone')
  await assert.rejects((await world.as('resident')).get('/me'), /401/)

  await phone.tapText('重新开始')
  await phone.at('pages/home/index')
  await phone.sees('您住在哪个社区？')
}, { in: everyLook })

story('谁看过我的手机号，绑定手机号', async (world) => {
  const resident = await world.as('resident')
  await (await world.as('secretary')).get(`/people/${resident.person.id}/phone?reason=${encodeURIComponent('样例原因')}`)
  const phone = await world.open('resident', '/pages/me/privacy/index')
  await phone.sees('原因：样例原因')
  await phone.shot('views')

  const newcomer = await world.open('newcomer2', '/pages/me/index')
  await newcomer.tapText('用微信绑定手机号')
  await newcomer.getByText('同意，继续').tap()
  await newcomer.getByLabel('手机号').last().fill('13800000998')
  await newcomer.getByText('允许', { exact: true }).tap()
  await newcomer.sees('138****0998')
  await newcomer.tapText('隐私和账号')
  await newcomer.at('pages/me/privacy/index')
  await newcomer.wx('navigateBack')
  await newcomer.at('pages/me/index')
  await newcomer.seesNot('用微信绑定手机号')
  await newcomer.sees('138****0998')
})

story('在所有手机上退出', async (world) => {
  const phone = await world.open('resident', '/pages/me/privacy/index')
  const other = await world.as('resident')
  await phone.evaluate(() => globalThis.wx.setStorageSync('led-activities', [{ id: 'activity' }]))
  await phone.tapText('在所有手机上退出')
  await confirm(phone, '全部退出')
  await phone.at('pages/home/index')
  await phone.sees('今天可以做的')
  await assert.rejects(other.get('/me'), /401/)
  assert.equal(await phone.evaluate(() => globalThis.wx.getStorageSync('led-activities')), '')
})

story('我的个人码会换新', async (world) => {
  const phone = await world.open('resident', '/pages/me/code/index')
  const picture = phone.getByLabel('我的个人码').locator('visible=true').first()
  await picture.waitFor()
  await phone.shot('code')
  const address = () => picture.evaluate((element) => element.getAttribute('src') ?? element.querySelector('img')?.src ?? element.outerHTML)
  const brightness = () => phone.evaluate(() => globalThis.wx.getScreenBrightness().then(({ value }) => value))
  assert.equal(await brightness(), 1)
  const first = await address()
  const until = Date.now() + 25_000 // a code lasts 15 seconds
  while ((await address()) === first) {
    assert.ok(Date.now() < until, 'the code is still the old one')
    await phone.waitForTimeout(250)
  }
  await phone.wx('reLaunch', { url: '/pages/me/index' })
  await phone.at('pages/me/index')
  assert.notEqual(await brightness(), 1)
})

story('大字和称呼', async (world) => {
  const phone = await world.open('resident', '/pages/me/index')
  const sizeOf = (text) => phone.text(text).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  const before = await sizeOf('我的个人码')
  await phone.tapText('大字')
  await phone.at('pages/me/appearance/index')
  await phone.shown().locator('wx-switch').tap()
  await phone.wx('navigateBack')
  await phone.at('pages/me/index')
  assert.ok((await sizeOf('我的个人码')) >= 24 && before < 24)

  await phone.tapText('改称呼')
  await phone.fill('称呼', '张样本')
  await phone.tapText('保存')
  await phone.at('pages/me/index')
  await phone.sees('张样本')
})

const places = [
  ['secretary', '工作台', 'pages/desk/today/index'],
  ['leader', '我的活动', 'pages/team/leading/index'],
  ['grid', '居民和乐享卡', 'pages/desk/people/index'],
  ['assignee', '派给我们的单子', 'pages/ticket/assigned/index'],
  ['street', '辖区情况', 'pages/desk/regions/index'],
  ['city', '辖区情况', 'pages/desk/regions/index'],
]
story('各人先到各人的地方', async (world) => {
  for (const [person, place, route] of places) {
    const phone = await world.open(person)
    await phone.sees(place, { exact: true })
    await phone.shot(person)
    await phone.tapText(place, { exact: true })
    await phone.at(route)
  }
})

story('首页一次取来，没有变化就不再传', async (world) => {
  const phone = await world.open('resident')
  await phone.sees('今天可以做的')
  await phone.tapText('看全部任务')
  await phone.at('pages/task/list/index')
  await phone.sees('名额', { exact: false })
  const answers = []
  phone.on('response', (answer) => {
    const { pathname } = new URL(answer.url())
    if (pathname.startsWith('/api/v1/')) answers.push(`${answer.status()} ${pathname}`)
  })
  await phone.wx('navigateBack')
  await phone.at('pages/home/index')
  await phone.sees('邻居的心愿')
  await phone.waitForTimeout(1000)
  assert.deepEqual(answers, ['304 /api/v1/me/home'])
})
