// The secretary's day, two witnesses on an adjustment, and what the street gets to do.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { everyLook, story } from './harness.mjs'

const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()

const communityOf = (secretary) => secretary.person.roles.find(({ role }) => role === 'secretary').region_id

/** Writes a reason by tapping one of the usual ones. */
async function giveReason(phone, phrase, done) {
  await phone.tapText(phrase, { exact: true })
  await phone.shown().locator('.sheet').getByRole('button', { name: done, exact: true }).tap()
}

story('书记的一天', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const phone = await world.open('secretary', '/pages/desk/today/index')
  await phone.sees('等您办的')
  await phone.sees('四联单超时')
  await phone.shot('today')

  await dispatchInThreeTaps(phone, secretary, region)
  await phone.wx('navigateBack')
  await phone.at('pages/desk/today/index')
  await reviewTwo(phone, secretary, region)
  await phone.wx('navigateBack')
  await phone.at('pages/desk/today/index')
  await confirmOddActivity(phone, secretary, region)
  await phone.wx('navigateBack')
  await phone.at('pages/desk/today/index')
  await findPerson(phone, world)
  await phone.wx('navigateBack')
  await phone.at('pages/desk/points/index')
  await fetchWorkbook(phone)
}, { in: everyLook })

async function dispatchInThreeTaps(phone, secretary, region) {
  await phone.tapText('四联单等派单')
  await phone.at('pages/desk/tickets/index')
  await phone.sees('7人附议')
  await phone.shot('tickets')
  const [most] = (await secretary.get(`/tickets?region_id=${region}&stage=raised&sort=votes`)).items

  await phone.tapText(most.text)
  await phone.at('pages/desk/dispatch/index')
  await phone.tapText('济源路样板物业服务部')
  await phone.shot('dispatch')
  await phone.tapRole('button', '派单', { exact: true })
  await phone.at('pages/desk/tickets/index')
  await phone.seesNot(most.text)

  const dispatched = await secretary.get(`/tickets/${most.id}`)
  assert.equal(dispatched.stage, 'dispatched')
  assert.equal(dispatched.assignee.name, '济源路样板物业服务部')
  const days = (new Date(dispatched.due_at) - Date.now()) / 86_400_000
  assert.ok(days > 2 && days < 4, `due in ${days} days`)
}

async function reviewTwo(phone, secretary, region) {
  const [first, second, third] = (await secretary.get(`/regions/${region}/claims?state=submitted`)).items
  await phone.tapText('提交等审核')
  await phone.at('pages/desk/review/index')
  await phone.sees(first.text)
  await phone.shot('review')
  await phone.tapText(/^通过，计/)
  await phone.sees(second.text)

  await phone.tapText('退回修改', { exact: true })
  await phone.sees('要补什么？')
  await phone.shot('reason')
  await giveReason(phone, '请写几句做了什么', '退回修改')
  await phone.sees(third.text)

  assert.equal((await secretary.get(`/claims/${first.id}`)).state, 'approved')
  const returned = await secretary.get(`/claims/${second.id}`)
  assert.equal(returned.state, 'returned')
  assert.equal(returned.reason, '请写几句做了什么')
}

async function confirmOddActivity(phone, secretary, region) {
  const [closed] = (await secretary.get(`/activities?region_id=${region}&state=closed`)).items
  await phone.tapText('活动等确认')
  await phone.at('pages/desk/activities/index')
  await phone.sees('1人要看一看')
  await phone.tapText(closed.title)
  await phone.at('pages/desk/activity/index')
  await phone.sees('先看这1人')
  await phone.sees('没有签退')
  await phone.shot('activity')
  await phone.tapText('确认，发积分')
  await confirm(phone, '确认')
  await phone.at('pages/desk/activities/index')
  await phone.sees('没有等确认的活动')
  assert.equal((await secretary.get(`/activities/${closed.id}`)).state, 'confirmed')
}

async function findPerson(phone, world) {
  await phone.tapText('积分', { exact: true })
  await phone.at('pages/desk/points/index')
  await phone.tapText('全部', { exact: true })
  await phone.fill('按姓名找人', '张样例')
  await phone.text('秦举例').waitFor({ state: 'hidden' })
  await phone.shot('points')
  await phone.tapText('张样例')
  await phone.at('pages/desk/person/index')
  await phone.sees('积分从哪里来')
  await phone.sees(/帮三户邻居修了晾衣架/)
  await phone.sees('周样例确认')
  await phone.shot('person')

  await phone.tapText('查看号码', { exact: true })
  await phone.sees(/本人也能看到/)
  await giveReason(phone, '上门前联系', '看号码')
  await phone.sees('13800000111')
  const views = await (await world.as('resident')).get('/me/phone-views')
  assert.ok(views.items.some(({ by_name, reason }) => by_name === '李示范' && reason === '上门前联系'))
}

async function fetchWorkbook(phone) {
  const fetched = phone.waitForEvent('download')
  await phone.tapText('打开 Excel 名单')
  const file = await fetched
  assert.match(file.suggestedFilename(), /三湾街社区积分全部\.xlsx$/)
  assert.equal(fs.readFileSync(await file.path()).subarray(0, 2).toString(), 'PK')
}

story('手工调整要两个人', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const { items } = await secretary.get(`/regions/${region}/people?q=${encodeURIComponent('张样例')}`)
  const before = await (await world.as('resident')).get('/me/points')

  const first = await world.open('secretary', '/pages/desk/adjustments/index')
  await first.tapText('提出一笔调整')
  await first.fill('给谁', '张样例')
  await first.tapText('找人')
  await first.tapText('选这位')
  await first.fill('多少分', '12')
  await first.fill('原因', '下雪天扫了三个单元门口，补记')
  await first.shot('proposing')
  await first.tapRole('button', '提出', { exact: true })
  await first.sees('您提出的，要请另一位书记或街道干部同意。')
  await first.shot('own')

  const [own] = (await secretary.get(`/points/adjustments?region_id=${region}`)).items.filter(({ person_id }) => person_id === items[0].id)
  await assert.rejects(secretary.post(`/points/adjustments/${own.id}/approve`), /review\.own_work/)

  const second = await world.open('secretary2', '/pages/desk/today/index')
  await second.tapText('积分调整等同意')
  await second.at('pages/desk/adjustments/index')
  await second.sees('下雪天扫了三个单元门口，补记')
  await second.shot('other')
  await second.tapText('同意', { exact: true })
  await confirm(second, '同意')
  await second.seesNot('下雪天扫了三个单元门口，补记')

  const after = await (await world.as('resident')).get('/me/points')
  assert.equal(after.balance - before.balance, 12)
})

story('自己交的留给别人看', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const tasks = (await secretary.get(`/tasks?region_id=${region}&state=published&limit=100`)).items
  const free = tasks.find(({ verify, places_left, my_claim_id, evidence }) => verify === 'review' && places_left > 0 && !my_claim_id && !Object.values(evidence).some(Boolean))
  const claim = await secretary.post(`/tasks/${free.id}/claims`)
  await secretary.put(`/claims/${claim.id}/submission`, { text: '书记自己做的一份' })
  const others = (await secretary.get(`/regions/${region}/claims?state=submitted`)).items.length - 1

  const phone = await world.open('secretary', '/pages/desk/review/index')
  for (let seen = 0; seen < others; seen += 1) {
    await phone.sees(`还有${others + 1 - seen}份`)
    await phone.tapText('先看下一份')
  }
  await phone.sees('这一份有您自己的功劳，请另一位同志来看。您先看下一份。')
  await phone.shot('own')
  await phone.seesNot(/^通过，计/)
  await phone.tapText('看下一份', { exact: true })
  await phone.sees(`还有${others}份先放下了`)
  await phone.sees('您自己的1份，留给另一位同志看。')

  const leader = await world.open('leader')
  await leader.tapText('审核提交', { exact: true })
  await leader.at('pages/desk/review/index')
  for (let seen = 0; seen < others; seen += 1) {
    await leader.sees(`还有${others + 1 - seen}份`)
    await leader.tapRole('button', /看下一份$/)
  }
  await leader.sees('书记自己做的一份')
  await leader.shot('leader')
  assert.equal(await leader.shown().locator('wx-navigator').count(), 0, 'a leader is led to a page that refuses them')
  await leader.tapText(/^通过，计/)
  await leader.sees(/^已通过/)
  assert.equal((await secretary.get(`/claims/${claim.id}`)).state, 'approved')
})

story('吹哨到街道，街道派单、裁决申诉', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const [ticket] = (await secretary.get(`/tickets?region_id=${region}&stage=raised&sort=votes`)).items
  const desk = await world.open('secretary', `/pages/desk/dispatch/index?id=${ticket.id}`)
  await desk.tapText('吹哨到街道', { exact: true })
  await giveReason(desk, '不归社区管，请街道协调', '吹哨')
  await desk.sees('已吹哨到街道，街道也能派单。')

  const street = await world.open('street', '/pages/desk/today/index')
  await street.sees('社区吹哨，等您派单')
  await street.shot('street')
  await street.tapText('社区吹哨，等您派单')
  await street.tapText(ticket.text)
  await street.at('pages/desk/dispatch/index')
  await street.tapText('济源路示范市政维修队')
  await street.tapText('三湾街老把式修理社')
  await street.tapText('发给2家，先接先办')
  await street.at('pages/desk/tickets/index')
  assert.equal((await secretary.get(`/tickets/${ticket.id}`)).stage, 'dispatched')

  await street.wx('navigateBack')
  await street.at('pages/desk/today/index')
  await street.tapText('申诉等裁决')
  await street.at('pages/desk/review/index')
  await street.sees(/第二天晚上在凉亭补讲了一场/)
  await street.shot('appeal')
  await street.tapText(/^改判通过/)
  await giveReason(street, '有人作证，予以通过', '改判通过')
  await street.sees('看完了，谢谢您')

  await desk.go(`/pages/desk/dispatch/index?id=${ticket.id}`)
  await desk.tapText('收回，重新派单')
  await giveReason(desk, '派错了单位', '收回')
  await desk.sees('派给谁')
  assert.equal((await secretary.get(`/tickets/${ticket.id}`)).stage, 'raised')
})

story('社区吹哨叫人', async (world) => {
  const phone = await world.open('secretary', '/pages/desk/whistle/index')
  await phone.fill('什么事', '地下室进水，快来帮忙搬东西')
  await phone.fill('到哪里', '槐荫院3号楼地下室')
  await phone.fill('要几个人', '6')
  await phone.shot('whistle')
  await phone.route('**/whistles', (route) => route.fetch().then(() => route.abort())) // it is blown, and nobody hears so
  await phone.tapRole('button', '吹哨', { exact: true })
  await confirm(phone, '吹哨')
  await phone.sees('没有办成')
  await confirm(phone, '知道了')
  await phone.unroute('**/whistles')
  await phone.tapRole('button', '吹哨', { exact: true })
  await confirm(phone, '吹哨')
  await phone.at('pages/team/activity/index')
  await phone.sees('地下室进水，快来帮忙搬东西')
  const secretary = await world.as('secretary')
  const { items } = await secretary.get(`/activities?region_id=${communityOf(secretary)}&state=published&limit=100`)
  assert.equal(items.filter(({ title }) => title === '地下室进水，快来帮忙搬东西').length, 1, 'the whistle was blown twice')
})

story('内容检查', async (world) => {
  const phone = await world.open('secretary', '/pages/desk/content/index')
  await phone.sees(/第二天晚上在凉亭补讲了一场/)
  await phone.tapText('可以公开')
  await phone.sees('没有等检查的内容')
})
