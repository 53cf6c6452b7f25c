// What a desk takes back, refuses, publishes and puts aside, and a secretary of several communities.
import assert from 'node:assert/strict'
import { everyLook, story } from './harness.mjs'

const communityOf = (secretary) => secretary.person.roles.find(({ role }) => role === 'secretary').region_id

const confirm = (phone, text) => phone.locator('.preview-modal').getByRole('button', { name: text, exact: true }).tap()

const choose = (phone, text) => phone.locator('.preview-sheet').getByText(text, { exact: true }).tap()

/** Writes a reason by tapping one of the usual ones. */
async function giveReason(phone, phrase, done) {
  await phone.tapText(phrase, { exact: true })
  await phone.shown().locator('.sheet').getByRole('button', { name: done, exact: true }).tap()
}

async function standingOf(secretary, region, name) {
  const { items } = await secretary.get(`/regions/${region}/points?period=all&limit=100&q=${encodeURIComponent(name)}`)
  return items.find(({ person }) => person.name === name)
}

/** The line of the page that holds this text. */
const entry = (phone, memo) => phone.shown().locator('.entry').filter({ hasText: memo }).first()

story('核实住址，做卡挂失，撤销积分', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const [newcomer] = (await secretary.get(`/regions/${region}/people?q=${encodeURIComponent('戚样例')}`)).items
  const phone = await world.open('secretary', `/pages/desk/person/index?id=${newcomer.id}&region_id=${region}`)

  await phone.sees('住址还没有核实')
  await phone.tapRole('button', '核实', { exact: true })
  await confirm(phone, '核对过了')
  await phone.sees('住址核实过了')
  assert.equal((await secretary.get(`/people/${newcomer.id}`)).home.verified, true)
  await phone.shot('verified')
  await phone.tapRole('button', '取消核实', { exact: true })
  await confirm(phone, '取消核实')
  await phone.sees('住址还没有核实')
  assert.equal((await secretary.get(`/people/${newcomer.id}`)).home.verified, false)

  await cardsOf(phone, secretary, newcomer)
  await reverseBoth(phone, secretary, region)
}, { in: everyLook })

async function cardsOf(phone, secretary, person) {
  await phone.tapText('做一张新卡')
  await confirm(phone, '做卡')
  await phone.sees('请马上拍照或打印。关掉后不再显示。')
  await phone.text('请马上拍照或打印。关掉后不再显示。').scrollIntoViewIfNeeded()
  await phone.shot('card')
  const [card] = (await secretary.get(`/people/${person.id}/cards`)).items
  assert.equal(card.revoked_at, undefined)
  await phone.tapText('已经存好，关掉')
  await phone.seesNot('请马上拍照或打印。关掉后不再显示。')

  await phone.tapRole('button', '挂失', { exact: true })
  await confirm(phone, '再想想')
  assert.equal((await secretary.get(`/people/${person.id}/cards`)).items[0].revoked_at, undefined)
  await phone.tapRole('button', '挂失', { exact: true })
  await confirm(phone, '挂失')
  await phone.sees(/已挂失$/)
  await phone.shot('revoked')
  assert.ok((await secretary.get(`/people/${person.id}/cards`)).items[0].revoked_at)
  await replaceCard(phone, secretary, person)
}

/** The old card is reported while the new one's code is still on show. */
async function replaceCard(phone, secretary, person) {
  const old = await secretary.post(`/people/${person.id}/cards`)
  await phone.tapText('做一张新卡')
  await confirm(phone, '做卡')
  await phone.sees('请马上拍照或打印。关掉后不再显示。')
  const usable = async () => (await secretary.get(`/people/${person.id}/cards`)).items.filter(({ revoked_at }) => !revoked_at)
  const buttons = phone.shown().getByRole('button', { name: '挂失', exact: true })
  const position = (await usable()).findIndex(({ id }) => id === old.id)
  await buttons.nth(1).waitFor()
  await buttons.nth(position).tap()
  await confirm(phone, '挂失')
  await buttons.nth(1).waitFor({ state: 'detached' })
  assert.deepEqual((await usable()).map(({ id }) => id === old.id), [false])
  await phone.sees('请马上拍照或打印。关掉后不再显示。')
  await buttons.first().tap()
  await confirm(phone, '挂失')
  await phone.shown().getByText('请马上拍照或打印。关掉后不再显示。').waitFor({ state: 'detached' })
}

/** The points of a person's newest entry for an activity. */
async function newestOfActivity(secretary, { person }) {
  const { items } = await secretary.get(`/people/${person.id}/points/entries`)
  return items.find(({ kind }) => kind === 'checkin').amount
}

async function reverseBoth(phone, secretary, region) {
  const kept = await standingOf(secretary, region, '朱示例')
  const mistaken = await newestOfActivity(secretary, kept)
  await phone.go(`/pages/desk/person/index?id=${kept.person.id}&region_id=${region}`)
  await entry(phone, '参加活动').getByText('撤销这笔').tap()
  await phone.locator('.preview-sheet').waitFor()
  await phone.shot('minutes')
  await choose(phone, '取消')
  await phone.seesNot(/^撤销这笔\+/)
  await entry(phone, '参加活动').getByText('撤销这笔').tap()
  await choose(phone, '只撤销积分，时长保留')
  await giveReason(phone, '分数记错了', '撤销这笔积分')
  await entry(phone, '参加活动').getByText('已撤销').waitFor()
  await phone.text('分数记错了').waitFor()
  await phone.text('分数记错了').scrollIntoViewIfNeeded()
  await phone.shot('reversed')
  const after = await standingOf(secretary, region, '朱示例')
  assert.equal(after.balance, kept.balance - mistaken)
  assert.equal(after.service_minutes, kept.service_minutes)

  const taken = await standingOf(secretary, region, '曹样本')
  await phone.go(`/pages/desk/person/index?id=${taken.person.id}&region_id=${region}`)
  await entry(phone, '参加活动').getByText('撤销这笔').tap()
  await choose(phone, '积分和服务时长都撤销')
  await giveReason(phone, '核对后没有参加', '撤销这笔积分')
  await entry(phone, '参加活动').getByText('已撤销').waitFor()
  const gone = await standingOf(secretary, region, '曹样本')
  assert.equal(gone.balance, taken.balance - 40)
  assert.equal(gone.service_minutes, 0)

  await entry(phone, '垃圾桶边站一小时').getByText('撤销这笔').tap()
  await phone.sees('撤销这笔+15分')
  await giveReason(phone, '重复计分', '撤销这笔积分')
  await entry(phone, '垃圾桶边站一小时').getByText('已撤销').waitFor()
  assert.equal((await standingOf(secretary, region, '曹样本')).balance, taken.balance - 55)
}

story('四联单合并和不予受理，活动发布、取消、退回', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const phone = await world.open('secretary', '/pages/desk/tickets/index')
  await mergeAndReject(phone, world, secretary, region)
  await publishCancelReopen(phone, secretary, region)
})

async function mergeAndReject(phone, world, secretary, region) {
  const [most, next] = (await secretary.get(`/tickets?region_id=${region}&stage=raised&sort=votes`)).items
  const again = await (await world.as('resident')).post('/tickets', { region_id: region, category: 'sanitation', text: '南门垃圾亭馊味大，地上总有脏水' })

  await phone.go('/pages/desk/tickets/index')
  await phone.tapText(again.text)
  await phone.at('pages/desk/dispatch/index')
  await phone.sees('可能是同一件事')
  await phone.shot('similar')
  await phone.tapRole('button', '合并', { exact: true })
  await phone.sees(`并到「${most.text}」里。附议一起并过去，每人只算一票。`)
  await phone.shot('merging')
  await confirm(phone, '合并')
  await phone.at('pages/desk/tickets/index')
  await phone.seesNot(again.text)
  assert.equal((await secretary.get(`/tickets/${again.id}`)).stage, 'merged')
  const into = await secretary.get(`/tickets/${most.id}`)
  assert.equal(into.votes, most.votes + 1)

  await phone.tapText(next.text)
  await phone.at('pages/desk/dispatch/index')
  await phone.tapRole('button', '不予受理', { exact: true })
  await phone.sees('为什么不予受理？')
  await phone.shot('rejecting')
  await giveReason(phone, '已经有人在办', '不予受理')
  await phone.at('pages/desk/tickets/index')
  await phone.seesNot(next.text)
  const rejected = await secretary.get(`/tickets/${next.id}`)
  assert.equal(rejected.stage, 'rejected')
  assert.equal(rejected.timeline.at(-1).text, '已经有人在办')
  await phone.tapText('全部', { exact: true })
  await phone.tapText(next.text)
  await phone.at('pages/desk/dispatch/index')
  await phone.sees('已经有人在办')
  await phone.shot('rejected')
  await phone.seesNot('派给谁')
}

async function publishCancelReopen(phone, secretary, region) {
  const all = (await secretary.get(`/activities?region_id=${region}`)).items
  const [draft, closed] = ['draft', 'closed'].map((wanted) => all.find(({ state }) => state === wanted))
  const state = async ({ id }) => (await secretary.get(`/activities/${id}`)).state

  await phone.go('/pages/desk/activities/index?state=draft')
  await phone.tapText(draft.title)
  await phone.at('pages/desk/activity/index')
  await phone.sees('发布活动')
  await phone.shot('draft')
  await phone.tapText('发布活动')
  await phone.at('pages/desk/activities/index')
  await phone.sees('没有等发布的活动')
  assert.equal(await state(draft), 'published')

  await phone.tapText('正在进行', { exact: true })
  await phone.tapText(draft.title)
  await phone.at('pages/desk/activity/index')
  await phone.tapText('取消活动', { exact: true })
  await giveReason(phone, '天气不好', '取消活动')
  await phone.at('pages/desk/activities/index')
  await phone.seesNot(draft.title)
  await phone.shot('published')
  assert.equal(await state(draft), 'cancelled')
  await phone.tapText('已取消', { exact: true })
  await phone.tapText(draft.title)
  await phone.at('pages/desk/activity/index')
  await phone.sees('取消的原因：天气不好')
  await phone.shot('cancelled')

  await phone.go('/pages/desk/activities/index')
  await phone.tapText(closed.title)
  await phone.at('pages/desk/activity/index')
  await phone.tapText('退回给队长', { exact: true })
  await giveReason(phone, '没签退的请问清楚几点走的', '退回给队长')
  await phone.at('pages/desk/activities/index')
  await phone.sees('没有等确认的活动')
  assert.equal(await state(closed), 'published')
  await phone.tapText('正在进行', { exact: true })
  await phone.tapText(closed.title)
  await phone.at('pages/desk/activity/index')
  await phone.sees('退回时说：没签退的请问清楚几点走的')
  await phone.sees('等队长结束')
  await phone.shot('reopened')
}

story('看大照片，不通过，先放下的再看', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const phone = await world.open('secretary', '/pages/desk/today/index')
  const waiting = (await secretary.get(`/regions/${region}/claims?state=submitted`)).items
  const claims = [...waiting, ...(await submitted(world, phone, region, 21 - waiting.length))]

  await phone.go('/pages/desk/review/index')
  await phone.sees('还有20多份')
  await phone.sees(claims[0].text)
  await phone.tapText('不通过', { exact: true })
  await phone.sees('为什么不通过？')
  await phone.shot('rejecting')
  await giveReason(phone, '这件事没有做成', '不通过')
  await phone.sees(claims[1].text)
  const rejected = await secretary.get(`/claims/${claims[0].id}`)
  assert.equal(rejected.state, 'rejected')
  assert.equal(rejected.reason, '这件事没有做成')

  for (let seen = 1; seen < 20; seen += 1) {
    await phone.sees(claims[seen].text)
    await phone.tapText('先看下一份')
    await phone.sees(`，先放下了${seen}份`)
  }
  await phone.sees(claims[20].text)
  await phone.sees('还有1份，先放下了19份')
  await lookAtPhotos(phone)
  await phone.tapText(/^通过，计/)
  await phone.sees('还有19份先放下了')
  await phone.seesNot(/看完了/)
  await phone.shot('aside')
  assert.equal((await secretary.get(`/claims/${claims[20].id}`)).state, 'approved')

  await phone.tapText('再看放下的')
  await phone.sees('还有19份')
  await phone.sees(claims[1].text)
  await phone.seesNot(/先放下了/)
  await leaveOwn(phone, world, secretary, claims.slice(1, 20))
}, { in: everyLook })

/** One's own submission is no one's to put aside: it is left to somebody else. */
async function leaveOwn(phone, world, secretary, claims) {
  const other = await world.as('secretary2')
  for (const { id } of claims) await other.post(`/claims/${id}/review`, { verdict: 'approve' })
  await phone.tapText(/^通过，计/)
  await phone.sees('这一份已经不用看了，请看下一份')
  await phone.sees(claims[1].text)
  const own = await secretary.post(`/tasks/${claims.at(-1).task_id}/claims`)
  await secretary.put(`/claims/${own.id}/submission`, { text: '书记自己扫的一个单元' })
  await phone.go('/pages/desk/review/index')
  await phone.sees('书记自己扫的一个单元')
  await phone.tapText('看下一份', { exact: true })
  await phone.sees('别的都看完了')
  await phone.sees('您自己的1份，留给另一位同志看。')
  await phone.seesNot('再看放下的')
  await phone.shot('own')
}

/** As many submissions of as many people, the last with a photo before and one after. */
async function submitted(world, phone, region, count) {
  const claims = []
  const desk = await world.as('secretary2')
  const task = await desk.post('/tasks', {
    region_id: region, star: 'livable_ecology', title: '扫一扫楼道', points: 10, capacity: 30, reason: '样例原因',
    claim_until: new Date(Date.now() + 86_400_000), due_at: new Date(Date.now() + 2 * 86_400_000),
    evidence: { text: true },
  })
  await desk.post(`/tasks/${task.id}/publish`)
  for (let number = 1; number <= count; number += 1) {
    const person = await world.as(`volunteer-${number}`)
    await person.put('/me/phone', { code: `sim:139000001${String(number).padStart(2, '0')}` })
    await person.patch('/me', { home_region_id: region })
    const claim = await person.post(`/tasks/${task.id}/claims`)
    const text = `第${number}个单元扫完了`
    const photos = number === count ? await beforeAndAfter(world, phone, person) : {}
    await person.put(`/claims/${claim.id}/submission`, { text, ...photos })
    claims.push({ ...claim, text })
  }
  return claims
}

async function beforeAndAfter(world, phone, person) {
  const before = await upload(world, person, await photo(phone, 1, 2000, 1500))
  const after = await upload(world, person, await photo(phone, 2, 900, 1600))
  return { photo_ids_before: [before.id], photo_ids_after: [after.id] }
}

/** A JPEG as a phone takes it, each with other colours. */
function photo(phone, number, width, height) {
  return phone.evaluate(async ([hue, w, h]) => {
    const canvas = new globalThis.OffscreenCanvas(w, h)
    const pen = canvas.getContext('2d')
    pen.fillStyle = `hsl(${hue * 37} 40% 70%)`
    pen.fillRect(0, 0, w, h)
    pen.fillStyle = `hsl(${hue * 37} 60% 30%)`
    for (let x = 0; x < w; x += 200) pen.fillRect(x, (x * h) / w, 160, 120)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
    return [...new Uint8Array(await blob.arrayBuffer())]
  }, [number, width, height])
}

async function upload(world, person, bytes) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg')
  const answer = await fetch(`${world.url}/api/v1/files`, { method: 'POST', headers: { Authorization: `Bearer ${person.token}` }, body: form })
  assert.equal(answer.status, 201, await answer.clone().text())
  return answer.json()
}

/** How high a picture of the page is drawn, for a width of 1, once it has come. */
async function proportion(picture) {
  await picture.evaluate((node) => new Promise((resolve) => {
    const look = () => (node.style.backgroundImage ? resolve() : setTimeout(look, 50))
    look()
  }))
  const { width, height } = await picture.boundingBox()
  return height / width
}

/** The picture that is shown over the whole screen is there, not a broken one. */
const isWhole = (phone) => phone.locator('.preview-viewer img').evaluate((image) => image.decode().then(() => image.naturalWidth > 0))

async function lookAtPhotos(phone) {
  await phone.sees('之前', { exact: true })
  await phone.sees('之后', { exact: true })
  const [before, after] = await phone.shown().locator('.photo .picture').all()
  assert.ok(Math.abs((await proportion(before)) - 0.75) < 0.02)
  assert.ok(Math.abs((await proportion(after)) - 1600 / 900) < 0.02)
  const { width } = await before.boundingBox()
  assert.ok(width > phone.viewportSize().width - 80, `a photo is ${width}px wide`)
  await phone.shot('photos')
  await phone.tapRole('button', '放大第2张照片')
  await phone.getByText('2 / 2').waitFor()
  assert.ok(await isWhole(phone))
  await phone.shot('large')
  await phone.getByRole('button', { name: '关闭' }).tap()
}

story('内容不公开，看一张照片', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const resident = await world.as('resident')
  const phone = await world.open('secretary', '/pages/desk/today/index')
  await world.tellWeChat({ path: '/wxa/media_check_async', verdict: 'review' })
  const picture = await upload(world, resident, await photo(phone, 5, 2000, 1500))
  const ticket = await resident.post('/tickets', { region_id: region, category: 'other', text: '有人往信箱里塞广告，待复核', photo_ids: [picture.id] })
  const checks = await eventually(async () => {
    const { items } = await secretary.get(`/regions/${region}/content-checks`)
    return items.length === 3 && items
  })

  await phone.go('/pages/desk/content/index')
  await phone.sees(ticket.text)
  await phone.shown().getByRole('button', { name: '放大照片' }).waitFor()
  await phone.shown().getByRole('button', { name: '放大照片' }).scrollIntoViewIfNeeded()
  assert.ok(Math.abs((await proportion(phone.shown().locator('.picture'))) - 0.75) < 0.02)
  await phone.shot('content')
  await phone.shown().getByRole('button', { name: '放大照片' }).tap()
  await phone.getByText('1 / 1').waitFor()
  assert.ok(await isWhole(phone))
  await phone.shot('large')
  await phone.getByRole('button', { name: '关闭' }).tap()

  await cardOf(phone, ticket.text).getByText('不公开').tap()
  await giveReason(phone, '广告', '不给大家看')
  await phone.seesNot(ticket.text)
  assert.equal((await secretary.get(`/tickets/${ticket.id}`)).content_state, 'refused')
  await phone.shown().locator('.card').filter({ has: phone.locator('.picture') }).getByText('不公开').tap()
  await phone.sees('为什么不给大家看？')
  await phone.shown().locator('.sheet').getByRole('button', { name: '不给大家看', exact: true }).tap()
  await phone.shown().locator('.picture').waitFor({ state: 'detached' })
  const left = (await secretary.get(`/regions/${region}/content-checks`)).items
  assert.deepEqual(left.map(({ id }) => id), [checks[0].id])

  await phone.go('/pages/desk/tickets/index')
  await phone.sees('文字没有通过检查')
  await phone.tapText(ticket.text)
  await phone.at('pages/desk/dispatch/index')
  await phone.sees('文字没有通过检查，不能派单。可以不予受理。')
  await phone.shot('refused')
})

const cardOf = (phone, text) => phone.shown().locator('.card').filter({ hasText: text })

async function eventually(ask) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come')
}

story('一人管两个社区，名单往下翻', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const admin = await world.as('admin')
  const { parent_id } = await admin.get(`/regions/${region}`)
  const village = (await admin.get(`/regions?parent_id=${parent_id}`)).items.find(({ name }) => name === '柿树湾村')
  await admin.post('/role-grants', { person_id: secretary.person.id, role: 'secretary', region_id: village.id })
  const [ticket] = (await secretary.get(`/tickets?region_id=${village.id}&stage=raised`)).items
  const standings = (await secretary.get(`/regions/${region}/points?period=all&limit=100`)).items
  assert.ok(standings.length > 20)

  const phone = await world.open('secretary', '/pages/desk/today/index')
  await phone.sees('三湾街社区')
  await scrollTheList(phone, standings)

  await phone.go('/pages/desk/today/index')
  await phone.tapText('换一个')
  await choose(phone, '柿树湾村')
  await phone.text('柿树湾村').waitFor()
  await phone.seesNot('三湾街社区')
  await phone.shot('village')
  await phone.tapText('四联单', { exact: true })
  await phone.at('pages/desk/tickets/index')
  await phone.sees(ticket.text)
  await phone.sees('柿树湾村')
  await phone.shot('tickets')
  await phone.wx('navigateBack')
  for (const [name, route] of [['积分', 'points'], ['审核', 'review'], ['活动', 'activities'], ['吹哨', 'whistle'], ['手工调整', 'adjustments'], ['内容检查', 'content']]) {
    await phone.at('pages/desk/today/index')
    await phone.tapText(name, { exact: true })
    await phone.at(`pages/desk/${route}/index`)
    await phone.sees('柿树湾村')
    await phone.shot(route)
    await phone.wx('navigateBack')
  }
})

async function scrollTheList(phone, standings) {
  await phone.tapText('积分', { exact: true })
  await phone.at('pages/desk/points/index')
  await phone.tapText('全部', { exact: true })
  const rows = phone.shown().locator('.who')
  await phone.sees(standings[19].person.name)
  assert.equal(await rows.count(), 20)
  await phone.wx('pageScrollTo', { scrollTop: 100_000, duration: 0 })
  await phone.sees(standings.at(-1).person.name)
  assert.deepEqual(await rows.locator('.strong').allTextContents(), standings.map(({ person }) => person.name))
  await phone.shot('scrolled')

  const [first] = standings.toSorted((a, b) => b.by_star.strong_branch - a.by_star.strong_branch)
  await phone.tapText('五颗星都看')
  await phone.locator('.preview-sheet button').nth(1).tap()
  await phone.text(`${first.by_star.strong_branch}分`).waitFor()
  await phone.shot('star')
}
