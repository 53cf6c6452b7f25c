// Teams and activities: signing up, the three ways to check in, no signal, closing, and what becomes of it.
import assert from 'node:assert/strict'
import { everyLook, setting, story } from './harness.mjs'

const minute = 60_000
const from = (minutes) => new Date(Math.floor((Date.now() + minutes * minute) / minute) * minute).toISOString()

/** An activity of sim:leader's team, published by the secretary. */
async function activity(world, changes = {}) {
  const [leader, secretary] = [await world.as('leader'), await world.as('secretary')]
  const { team_id } = leader.person.roles.find(({ role }) => role === 'leader')
  const made = await leader.post('/activities', {
    team_id, title: '样例扫雪', star: 'harmony', place: { name: '槐荫院凉亭' }, starts_at: from(-60), ends_at: from(60),
    capacity: 20, walk_in: true, points_per_hour: 20, ...changes,
  })
  await secretary.post(`/activities/${made.id}/publish`)
  return made
}

/** Cards of people who live here and have no phone. */
async function cards(world, count) {
  const secretary = await world.as('secretary')
  const texts = []
  for (let number = 1; number <= count; number += 1) {
    const elder = await secretary.post(`/regions/${secretary.person.home.community_id}/people`, { name: `样例老人${number}` })
    texts.push((await secretary.post(`/people/${elder.id}/cards`)).qr_text)
  }
  return texts
}

/** Holds a code before the open scanner. */
async function show(phone, text) {
  await phone.getByLabel('码的内容').fill(text)
  await phone.getByText('扫这个').tap()
}

async function consent(phone) {
  await phone.getByText('同意，继续').tap()
}

const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()

const codeOnShow = async (phone) => {
  await phone.waitForFunction(() => globalThis.preview.codesOnShow.list().some(({ text }) => text.startsWith('FS1:')))
  return phone.evaluate(() => globalThis.preview.codesOnShow.list().find(({ text }) => text.startsWith('FS1:')).text)
}

const attendance = async (world, id) => (await (await world.as('leader')).get(`/activities/${id}/attendance?limit=100`)).items

story('队长亮码，居民扫码签到再签退', async (world) => {
  const { id } = await activity(world, { starts_at: from(-360) }) // long before the demo's own: it stands first
  const leader = await world.open('leader', `/pages/team/leading/index`)
  await leader.sees('样例扫雪')
  await leader.shot('leading')
  await leader.tapText('亮出签到码')
  await leader.at('pages/team/code/index')
  await leader.sees('样例扫雪')
  await leader.sees('秒后换新码')
  assert.equal(await leader.evaluate(() => globalThis.wx.getScreenBrightness().then(({ value }) => value)), 1)

  const resident = await world.open('resident', `/pages/team/activity/index?id=${id}`)
  await resident.shot('activity')
  await resident.tapText('扫码签到', { exact: true })
  await consent(resident)
  await show(resident, await codeOnShow(leader))
  await resident.sees('签到成功')
  await resident.shot('in')
  await leader.shot('code')
  await leader.waitForFunction(() => /1\s*人已经签到/.test(document.body.innerText), null, { timeout: 20_000 })

  await resident.tapText('看这个活动')
  await resident.at('pages/team/activity/index')
  await resident.tapText('扫码签退', { exact: true })
  await show(resident, await codeOnShow(leader))
  await resident.sees('要走了吗')
  await resident.tapText('现在签退', { exact: true })
  await resident.sees('已经签退')
  await resident.shot('out')
  await resident.wx('navigateBack')
  await resident.at('pages/team/activity/index')
  await resident.sees(/签到，.*签退，服务/)
  const [presence] = await attendance(world, id)
  assert.equal(presence.method, 'code')
  assert.ok(presence.checked_out_at)

  await leader.wx('navigateBack')
  await leader.at('pages/team/leading/index')
  assert.notEqual(await leader.evaluate(() => globalThis.wx.getScreenBrightness().then(({ value }) => value)), 1)
}, { in: everyLook })

story('过期的码签不了到，请队长扫个人码', async (world) => {
  const { id } = await activity(world)
  const resident = await world.open('resident', `/pages/team/checkin/index?id=${id}&code=FS1:A:${id}:AAAAAAAA`)
  await resident.sees('请队长帮您签到')
  await resident.shot('refused')
  await resident.tapText('打开我的个人码')
  await resident.at('pages/me/code/index')

  const leader = await world.open('leader', `/pages/team/scanning/index?id=${id}`)
  await leader.tapText('扫码签到', { exact: true })
  await leader.getByText('不同意，用别的办法').tap()
  await leader.sees('没有扫到码')
  await leader.shot('no-camera')
  await confirm(leader, '知道了')
  await leader.tapText('扫码签到', { exact: true })
  await consent(leader)
  await show(leader, await codeOnShow(resident))
  await leader.sees('张样例')
  await leader.sees('签到成功')
  await leader.getByText('取消', { exact: true }).tap() // the scanner has opened again for the next
  await leader.shot('scanned')
  const [presence] = await attendance(world, id)
  assert.equal(presence.method, 'personal_code')
  assert.equal(presence.person.name, '张样例')
})

story('一张接一张地扫卡', async (world) => {
  const { id } = await activity(world)
  const texts = await cards(world, 3)
  const leader = await world.open('leader', `/pages/team/scanning/index?id=${id}`)
  const sent = []
  leader.on('request', (request) => request.url().endsWith('/scans') && sent.push(...request.postDataJSON().scans))
  await leader.tapText('扫码签到', { exact: true })
  await consent(leader)
  for (const [index, text] of texts.entries()) {
    await show(leader, text)
    await leader.sees(`样例老人${index + 1}`)
  }
  await show(leader, texts[0])
  await leader.sees('已经签到过了')
  await show(leader, 'https://example.com/')
  await leader.sees('这不是乐享卡或个人码')
  await leader.getByText('取消', { exact: true }).tap()
  await leader.shot('cards')
  await leader.tapText('扫码签到', { exact: true })
  await show(leader, 'https://example.com/')
  await leader.wx('navigateTo', { url: `/pages/team/attendance/index?id=${id}` }) // before the scanner opens again
  await leader.at('pages/team/attendance/index')
  await leader.waitForTimeout(1500)
  assert.equal(await leader.getByLabel('码的内容').count(), 0, 'the scanner opens over another page')
  assert.equal((await attendance(world, id)).length, 3)
  assert.deepEqual(sent.map(({ token }) => token), [...texts, texts[0]], 'each scan of a card is sent, and once')
  const sounds = await leader.evaluate(() => globalThis.preview.calls.filter(({ name }) => name === 'InnerAudioContext.play').map(({ src }) => src))
  assert.deepEqual(sounds.map((source) => /(\w+)\.wav$/.exec(source)[1]), ['taken', 'taken', 'taken', 'taken', 'refused', 'refused'])
}, { in: everyLook })

story('没有信号也能扫，有信号以后发送', async (world) => {
  const { id } = await activity(world)
  const texts = await cards(world, 10)
  const leader = await world.open('leader', `/pages/team/scanning/index?id=${id}`)
  await leader.evaluate(() => globalThis.preview.setOffline(true))
  await leader.tapText('扫码签到', { exact: true })
  await consent(leader)
  for (const [index, text] of [...texts, 'FS1:C:' + 'x'.repeat(43)].entries()) {
    await show(leader, text)
    await leader.sees(`${index + 1}个等待发送`)
  }
  await leader.getByText('取消', { exact: true }).tap()
  await leader.shot('waiting')
  assert.equal((await attendance(world, id)).length, 0)

  await leader.route('**/scans', (route) => route.abort()) // the mini-program is closed and opened again; the signal is weak
  await leader.go(`/pages/team/leading/index`)
  await leader.sees('扫码记录：11个等待发送')
  await leader.route('**/api/v1/**', (route) => route.abort()) // opened once more, where nothing gets through
  await leader.go('/pages/home/index')
  await leader.sees('没能打开')
  await leader.shot('home-lost')
  await leader.tapText('我的活动')
  await leader.at('pages/team/leading/index')
  await leader.sees('这是上次看到的')
  await leader.sees('扫码记录：11个等待发送')
  await leader.seesNot('亮出签到码')
  await leader.shot('leading-lost')
  await leader.tapText('样例扫雪')
  await leader.at('pages/team/scanning/index')
  await leader.sees('11个等待发送')
  await leader.sees('已记在手机上，有信号会自动发送')
  await leader.unroute('**/api/v1/**')
  await leader.unroute('**/scans')
  await leader.go(`/pages/team/scanning/index?id=${id}`)
  await leader.sees('没有记上的')
  await leader.seesNot('等待发送')
  await leader.shot('sent')
  const came = await attendance(world, id)
  assert.equal(came.length, 10)
  assert.ok(came.every(({ method }) => method === 'card'))
  await leader.tapText('知道了')
  await leader.seesNot('没有记上的')

  const [another] = await cards(world, 1)
  await leader.evaluate(() => globalThis.preview.setOffline(true))
  await leader.tapText('扫码签到', { exact: true })
  await show(leader, another)
  await leader.sees('1个等待发送')
  await leader.getByText('取消', { exact: true }).tap()
  await leader.evaluate(() => globalThis.preview.setOffline(false)) // the signal comes back, and nobody taps
  await leader.sees('签到成功')
  await leader.seesNot('等待发送')
  assert.equal((await attendance(world, id)).length, 11)
  await leader.tapText('谁来了')
  await leader.at('pages/team/attendance/index')
  await leader.sees('样例老人10')
  await leader.shot('attendance')
}, { in: everyLook })

story('社区没要求定位，不看位置也能签到', async (world) => {
  const { id } = await activity(world, { place: { name: '槐荫院凉亭', lat: 34.8021, lng: 113.2985 }, fence_metres: 100 })
  const leader = await world.as('leader')
  const { text } = await leader.get(`/activities/${id}/checkin-code`)
  const phone = await world.open('resident', `/pages/team/checkin/index?code=${encodeURIComponent(text)}`)
  await phone.sees('不给看也能签到')
  await phone.tapText('不看位置，直接签到')
  await phone.sees('签到成功')
})

story('签到要看位置，不给也有办法', async (world) => {
  await setting(world, { place_demanded: true })
  const { id } = await activity(world, { place: { name: '槐荫院凉亭', lat: 34.8021, lng: 113.2985 }, fence_metres: 100 })
  const leader = await world.as('leader')
  const code = async () => encodeURIComponent((await leader.get(`/activities/${id}/checkin-code`)).text)
  const far = await world.open('resident', `/pages/team/checkin/index?code=${await code()}`)
  await far.sees('请核对一下位置')
  await far.shot('place')
  await far.tapText('不想定位')
  await far.sees('请队长帮您签到')

  const away = await world.open('volunteer7', `/pages/team/checkin/index?code=${await code()}`)
  await away.evaluate(() => { globalThis.preview.place = { latitude: 34.8121, longitude: 113.2985 } })
  await away.tapText('看位置，签到')
  await consent(away)
  await confirm(away, '允许') // WeChat's own question, after ours
  await away.sees('您离活动地点太远了')
  await away.sees('请队长帮您签到')

  const near = await world.open('volunteer8', `/pages/team/checkin/index?code=${await code()}`)
  await near.evaluate(() => { globalThis.preview.place = { latitude: 34.8022, longitude: 113.2985 } })
  await near.tapText('看位置，签到')
  await consent(near)
  await confirm(near, '允许')
  await near.sees('签到成功')
  assert.deepEqual((await attendance(world, id)).map(({ person }) => person.id), [(await world.as('volunteer8')).person.id])
})

story('名额满了排候补，有人取消就轮到', async (world) => {
  await activity(world, { title: '样例晒书会', starts_at: from(48 * 60), ends_at: from(50 * 60) })
  const { id } = await activity(world, { starts_at: from(24 * 60), ends_at: from(26 * 60), capacity: 1, walk_in: false })
  const first = await world.open('volunteer8', `/pages/team/activity/index?id=${id}`)
  await first.tapText('我要报名', { exact: true })
  await first.sees('您已报名')
  const second = await world.open('resident', `/pages/team/list/index`)
  await second.shot('list')
  await second.tapText('样例扫雪')
  await second.tapText('排候补', { exact: true })
  await second.sees('您在候补名单里')
  await confirm(second, '知道了')
  await second.sees('您是候补第1位')
  await second.sees('轮到您以后')
  await second.sees('候补中')
  await second.shot('queue')

  await first.tapText('取消报名', { exact: true })
  await confirm(first, '确定')
  await first.sees('已取消报名')
  await second.go(`/pages/team/activity/index?id=${id}`)
  await second.sees('您已报名')
  await second.shot('moved-up')
  await second.go('/pages/team/list/index?which=mine')
  await second.sees('样例扫雪')
  await second.sees('已报名')
  await second.seesNot('样例晒书会')
}, { in: everyLook })

story('队长改时长、结束，书记确认，积分到账', async (world) => {
  const { id } = await activity(world, { starts_at: from(-120), ends_at: from(1) })
  const leader = await world.as('leader')
  const { text } = await leader.get(`/activities/${id}/checkin-code`)
  const [resident, volunteer] = [await world.as('resident'), await world.as('volunteer8')]
  await resident.post(`/activities/${id}/checkins`, { code: text })
  await resident.post(`/activities/${id}/checkouts`, { code: text })
  await volunteer.post(`/activities/${id}/checkins`, { code: text })
  const before = (await resident.get('/me/points')).balance

  const phone = await world.open('leader', `/pages/team/attendance/index?id=${id}`)
  await phone.tapText('还没来')
  await phone.tapRole('button', /补登/)
  await phone.tapText('没带手机')
  await phone.fill('服务分钟数', '30')
  await phone.shot('word')
  await phone.tapText('我证明')
  await phone.sees('来了3人')
  const byWord = (await attendance(world, id)).find(({ method }) => method === 'leader')
  assert.deepEqual([byWord.minutes, byWord.reason], [30, '没带手机'])

  await phone.go(`/pages/team/closing/index?id=${id}`)
  await phone.sees('1人没有签退')
  await phone.shot('closing')
  await phone.tapRole('button', '改时长：张样例')
  await phone.fill('服务了多少分钟', '90')
  await phone.tapText('来晚了')
  await phone.shot('correcting')
  await phone.tapText('改好了')
  await phone.sees('改成1小时30分：来晚了')
  await phone.go(`/pages/team/closing/index?id=${id}`) // what was put right outlives the page
  await phone.sees('改成1小时30分：来晚了')
  await phone.tapText('结束活动', { exact: true })
  await phone.sees('改了1人的时长')
  await confirm(phone, '结束')
  await phone.sees('等社区书记确认')
  await phone.shot('closed')

  await (await world.as('secretary')).post(`/activities/${id}/confirm`)
  assert.equal((await resident.get('/me/points')).balance, before + 30)
  const hours = await world.open('resident', '/pages/team/hours/index')
  await hours.sees('得30积分')
  await hours.sees('1小时30分')
  await hours.sees('再服务')
  await hours.shot('hours')
})

story('来了很多人，往下翻才接着画', async (world) => {
  const { id } = await activity(world)
  const crowd = Array.from({ length: 90 }, (_, number) => ({
    id: `presence${number}`, person: { id: `person${number}`, name: `样例居民${number + 1}` }, method: 'code', minutes: 0, flags: [], checked_in_at: from(-30),
  }))
  const phone = await world.open('leader', '/pages/team/leading/index')
  await phone.route('**/attendance?*', (route) => route.fulfill({ json: { items: crowd } }))
  for (const page of ['attendance', 'closing']) {
    await phone.go(`/pages/team/${page}/index?id=${id}`)
    const names = phone.shown().getByText(/^样例居民\d+$/)
    await phone.sees('样例居民50', { exact: true })
    assert.equal(await names.count(), 50)
    await phone.wx('pageScrollTo', { scrollTop: 1_000_000, duration: 0 })
    await phone.sees('样例居民90', { exact: true })
    assert.equal(await names.count(), 90)
  }
  await phone.tapText('结束活动', { exact: true })
  await phone.sees('来了90人')
})

const hourInChina = (at) => (new Date(at).getUTCHours() + 8) % 24

story('队长发起活动，社区信任队长就直接发布', async (world) => {
  const leader = await world.as('leader')
  const { team_id } = leader.person.roles.find(({ role }) => role === 'leader')
  const phone = await world.open('leader', `/pages/team/edit/index?team_id=${team_id}`)
  await phone.fill('活动叫什么', '样例晒书会')
  await phone.tapText('幸福和谐')
  await phone.fill('在哪里', '凉亭')
  await phone.fill('要多少人', '12')
  await phone.shown().locator('wx-switch').tap()
  await phone.fill('每服务1小时得多少积分', '30')
  await phone.shot('edit')
  await phone.tapText('交给书记发布', { exact: true })
  await phone.at('pages/team/activity/index')
  await phone.sees('已经交给社区书记')
  await phone.shot('draft')
  const made = (await leader.get(`/activities?team_id=${team_id}&state=draft&limit=100`)).items.find(({ title }) => title === '样例晒书会')
  assert.deepEqual([made.place.name, made.star, made.capacity, made.walk_in, made.points_per_hour], ['凉亭', 'harmony', 12, false, 30])
  assert.deepEqual([hourInChina(made.starts_at), hourInChina(made.ends_at)], [9, 11])
  assert.equal(Date.parse(made.ends_at) - Date.parse(made.starts_at), 120 * minute)

  const secretary = await world.as('secretary')
  const community = secretary.person.home.community_id
  await secretary.put(`/regions/${community}/settings`, { ...(await secretary.get(`/regions/${community}/settings`)), leaders_publish: true, reason: '信任队长' })
  await phone.go(`/pages/team/edit/index?team_id=${team_id}`)
  await phone.fill('活动叫什么', '样例包饺子')
  await phone.tapText('幸福和谐')
  await phone.fill('在哪里', '活动室')
  await phone.tapText('发布活动', { exact: true })
  await phone.at('pages/team/activity/index')
  await phone.sees('可以报名')
  await phone.tapText('取消这个活动')
  await phone.getByRole('textbox', { name: '为什么取消活动' }).fill('下大雪')
  await confirm(phone, '确定')
  await phone.sees('取消的原因：下大雪')
})

story('申请入队，队长同意，再退出', async (world) => {
  const leader = await world.as('leader')
  const { team_id } = leader.person.roles.find(({ role }) => role === 'leader')
  const resident = await world.open('volunteer5', '/pages/team/list/index?which=teams')
  await resident.tapText('槐荫院邻里互助队')
  await resident.at('pages/team/detail/index')
  await resident.shot('team')
  await resident.tapText('申请入队', { exact: true })
  await resident.sees('您的申请已送到，等队长同意')
  const phone = await world.open('leader', `/pages/team/members/index?id=${team_id}`)
  const { name } = (await world.as('volunteer5')).person
  await phone.shot('members')
  await phone.tapRole('button', `同意入队：${name}`)
  await phone.sees('已同意')
  await phone.shown().getByRole('button', { name: `请出队伍：${name}` }).waitFor()
  await resident.go(`/pages/team/detail/index?id=${team_id}`)
  await resident.sees('您在这支队里')
  await resident.tapText('退出这支队', { exact: true })
  await confirm(resident, '确定')
  await resident.sees('申请入队')
})
