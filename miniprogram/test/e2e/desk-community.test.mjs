// The desk's second half: what a secretary writes, prints, registers and grants, and what officers see below them.
import assert from 'node:assert/strict'
import { everyLook, story } from './harness.mjs'
import { printedPicture } from './printed-picture.mjs'

const community = async (world) => {
  const secretary = await world.as('secretary')
  return secretary.person.roles.find(({ role }) => role === 'secretary').region_id
}

story('书记用模板写任务并发布', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/tasks/index')
  await desk.sees('三湾街社区的微任务')
  await desk.shot('tasks')
  await desk.tapRole('button', '写一项微任务')
  await desk.at('pages/desk/task/index')
  await desk.tapRole('button', '平安法治')
  await desk.seesNot('教老人用手机')
  await desk.shot('templates')
  await desk.tapRole('button', /讲一小时防骗/)
  await desk.fill('地点', '三湾街活动室')
  await desk.fill('名额', '3')
  await desk.shot('form')
  await desk.tapRole('button', '发布', { exact: true })
  await desk.sees('发布这项任务？')
  await desk.getByRole('button', { name: '发布', exact: true }).last().tap()
  await desk.sees('已发布，居民能看到了')
  await desk.at('pages/desk/tasks/index')
  await desk.sees('3个名额，已领0个')
  await desk.shot('published')

  const [task] = (await (await world.as('resident')).get(`/tasks?region_id=${await community(world)}&star=safety_law`)).items
  assert.equal(task.title, '讲一小时防骗')
  assert.deepEqual(task.evidence, { text: false, photos_before: false, photos_after: false })
  const resident = await world.open('resident', '/pages/task/list/index')
  await resident.sees('讲一小时防骗')
})

story('改任务、结束、照样再写', async (world) => {
  const secretary = await world.as('secretary')
  const task = await secretary.post('/tasks', {
    region_id: await community(world), star: 'harmony', title: '陪老人晒太阳', points: 10, capacity: 2,
    claim_until: new Date(Date.now() + 86_400_000), due_at: new Date(Date.now() + 2 * 86_400_000),
  })
  await secretary.post(`/tasks/${task.id}/publish`)
  await (await world.as('resident')).post(`/tasks/${task.id}/claims`)

  const desk = await world.open('secretary', `/pages/desk/task/index?id=${task.id}`)
  await desk.sees('正在做1人')
  await desk.fill('标题', '陪老人晒晒太阳')
  await desk.fill('名额', '5')
  await desk.tapRole('button', '保存修改')
  await desk.sees('已保存')
  assert.equal((await secretary.get(`/tasks/${task.id}`)).places_left, 4)

  await desk.go(`/pages/desk/task/index?id=${task.id}`)
  await desk.tapRole('button', '撤回')
  await desk.getByRole('button', { name: '撤回' }).last().tap()
  await desk.sees(/不能撤回/)
  await desk.getByRole('button', { name: '知道了' }).tap()
  await desk.tapRole('button', '结束认领')
  await desk.getByRole('button', { name: '结束', exact: true }).last().tap()
  await desk.sees('已结束', { exact: true })
  await desk.shot('closed')
  await desk.tapText('照这样再写一项')
  await desk.sees('做什么（标题）')
  await desk.tapRole('button', '先存成草稿')
  await desk.sees('已存到草稿里')
  const drafts = await secretary.get(`/tasks?region_id=${await community(world)}&state=draft`)
  assert.equal(drafts.items[0].title, '陪老人晒晒太阳')
})

story('认领区和海报', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/stations/index')
  await desk.shot('stations')
  await desk.tapRole('button', '新建认领区')
  await desk.fill('名称', '样板花园义剪角')
  await desk.fill('地点', '样板花园门卫室旁')
  await desk.tapRole('button', '保存')
  await desk.sees('认领区建好了')
  await desk.sees(/^扫一扫.抽一张任务卡/)
  await desk.shown().getByLabel('样板花园义剪角的小程序码').waitFor()
  await desk.shot('poster')

  await desk.tapRole('button', '把海报存到手机相册')
  await desk.sees('接下来微信会问您是否允许')
  await desk.getByRole('button', { name: '好', exact: true }).tap()
  await desk.getByText('同意，继续').tap()
  await desk.getByRole('button', { name: '拒绝' }).tap()
  await desk.sees('长按图片，也可以保存或发给别人')
  await desk.shot('large')
  await desk.getByRole('button', { name: '关闭' }).tap()

  await desk.tapRole('button', '把海报存到手机相册')
  await desk.sees('上次没有允许')
  await desk.getByRole('button', { name: '去设置', exact: true }).tap()
  await desk.getByLabel('保存图片到你的相册').check()
  const secretary = await world.as('secretary')
  const { items } = await secretary.get(`/stations?region_id=${await community(world)}`)
  const { id } = items.find(({ name }) => name === '样板花园义剪角')
  const keep = async () => {
    await desk.getByRole('button', { name: '返回小程序' }).tap()
    await desk.sees('已存到手机相册')
  }
  const poster = await printedPicture(desk, keep, [[45, 100, 120, 120]], `poster-${world.look.name}.png`)
  assert.deepEqual(poster, { ...a4, codes: [`s=${id}`] })
  await desk.tapRole('button', /^看海报大图/)
  await desk.getByText('1 / 1').waitFor()
}, { in: everyLook })

/** At 300 dots an inch. */
const a4 = { type: 'PNG', width: 2480, height: 3508 }

/** Where the tenth part of a sheet is for the card with this number, from 0: 90 by 54 mm, two beside each other. */
const cardArea = (number) => [15 + 90 * (number % 2), 13.5 + 54 * Math.floor(number / 2), 90, 54]

story('一页十张卡存成图片', async (world) => {
  const secretary = await world.as('secretary')
  const region = await community(world)
  const names = Array.from({ length: 10 }, (_, index) => `${'甲乙丙丁戊己庚辛壬癸'[index]}示例老人`)
  for (const name of names) await secretary.post(`/regions/${region}/people`, { name })

  const desk = await world.open('secretary', '/pages/desk/cards/index')
  const texts = new Map()
  desk.on('response', async (response) => {
    const [, person] = /\/people\/(\w+)\/cards$/.exec(response.url()) ?? []
    if (person && response.request().method() === 'POST') texts.set(person, (await response.json()).qr_text)
  })
  for (const [index, name] of names.entries()) {
    await desk.fill('老人的姓名', name)
    await desk.tapRole('button', '找人')
    await desk.tapRole('button', new RegExp(`^${name}.*加到这一页$`, 's'))
    await desk.sees(`制${index + 1}张卡`)
  }
  await desk.sees('这一页满十位了，先制卡、打印，再做下一页')
  await desk.tapRole('button', '制10张卡')
  await desk.getByRole('button', { name: '制卡', exact: true }).last().tap()
  await desk.shown().getByText('已制新卡').nth(9).waitFor({ timeout: 60_000 }) // ten writes, one after another
  await desk.shown().getByText('要打印的这一页').scrollIntoViewIfNeeded()
  await desk.shot('page-to-keep')

  await desk.tapRole('button', '把这一页存到手机相册')
  await desk.getByRole('button', { name: '好', exact: true }).tap()
  await desk.getByText('同意，继续').tap()
  const keep = async () => {
    await desk.getByRole('button', { name: '允许', exact: true }).tap()
    await desk.sees('已存到手机相册')
  }
  const page = await printedPicture(desk, keep, names.map((_, number) => cardArea(number)), `cards-${world.look.name}.png`)
  assert.equal(new Set(texts.values()).size, 10)
  const inOrder = await Promise.all(names.map(async (name) => texts.get((await secretary.get(`/regions/${region}/people?q=${encodeURIComponent(name)}`)).items[0].id)))
  assert.deepEqual(page, { ...a4, codes: inOrder })
  await desk.tapRole('button', /^看这一页的大图/)
  await desk.getByText('1 / 1').waitFor()
  await desk.shot('large-page')
  assert.equal(await desk.locator('wx-canvas').count(), 0, 'a sheet that is kept takes 35 MB')
}, { in: everyLook })

/** On A4, two cards beside each other, each as wide as a bank card and a little more. */
async function onPaper(phone) {
  const { width, height } = phone.viewportSize()
  await phone.setViewportSize({ width: 794, height: 1123 })
  await phone.emulateMedia({ media: 'print' })
  const boxes = await Promise.all([0, 1].map((index) => phone.shown().getByRole('button', { name: /请志愿者扫一扫/ }).nth(index).boundingBox()))
  assert.equal(Math.round(boxes[0].y), Math.round(boxes[1].y), 'side by side')
  assert.ok(boxes[1].x >= boxes[0].x + boxes[0].width - 1, 'not over each other')
  assert.ok(Math.abs(boxes[0].width - (90 / 25.4) * 96) < 2 && Math.abs(boxes[0].height - (54 / 25.4) * 96) < 2, '90 by 54 mm')
  assert.equal(await phone.shown().getByText('给没有手机的老人制卡').isVisible(), false)
  await phone.shot('paper')
  await phone.emulateMedia({ media: null })
  await phone.setViewportSize({ width, height })
}

story('给两位老人制卡', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/cards/index')
  for (const name of ['俞演示', '任样例']) {
    await desk.fill('老人的姓名', name)
    await desk.tapRole('button', '找人')
    await desk.tapRole('button', new RegExp(`^${name}.*加到这一页$`, 's'))
    await desk.shown().getByText('能用').nth(name === '俞演示' ? 0 : 1).waitFor()
  }
  await desk.tapRole('button', '制2张卡')
  await desk.sees(/俞演示已有1张，任样例已有1张。再制一张，旧卡还能用/)
  await desk.getByRole('button', { name: '制卡', exact: true }).last().tap()
  await desk.sees('要打印的这一页')
  await desk.shown().getByText('已制新卡').nth(1).waitFor()
  await desk.shown().getByLabel('俞演示的乐享卡二维码').first().scrollIntoViewIfNeeded()
  await desk.shot('page-of-ten')
  await onPaper(desk)
  await desk.tapRole('button', /俞演示.*请志愿者扫一扫/s)
  await desk.sees('截屏就能存下这张卡')
  await desk.shot('large-card')
  await desk.tapRole('button', '回到这一页')

  await desk.tapRole('button', /^挂失任样例/)
  await desk.getByRole('button', { name: '挂失', exact: true }).last().tap()
  await desk.sees('已挂失，这张卡不能用了')
  const secretary = await world.as('secretary')
  const { items } = await secretary.get(`/regions/${await community(world)}/people?q=${encodeURIComponent('任样例')}`)
  const cards = (await secretary.get(`/people/${items[0].id}/cards`)).items
  assert.equal(cards.filter(({ revoked_at }) => !revoked_at).length, 1)
})

story('登记没有手机的居民', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/people/index')
  await desk.sees('三湾街社区的居民')
  await desk.shot('people')
  await desk.tapRole('button', '登记没有手机的居民')
  await desk.fill('姓名', '样板大爷')
  await desk.tapRole('button', '槐荫院网格')
  await desk.shot('form')
  await desk.tapRole('button', '登记', { exact: true })
  await desk.sees('样板大爷登记好了')
  await desk.getByRole('button', { name: '去制卡' }).tap()
  await desk.at('pages/desk/cards/index')
  await desk.sees('还没有能用的卡')
})

story('给角色、收回，不能给自己', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/roles/index')
  await desk.sees('三湾街社区里，谁有什么角色')
  await desk.sees('吴范例')
  await desk.shot('roles')
  const give = async (name) => {
    await desk.tapRole('button', '给人一个角色')
    await desk.fill('找人', name)
    await desk.tapRole('button', '找人')
    await desk.tapRole('button', new RegExp(`^${name}.*选TA$`, 's'))
    await desk.tapRole('button', '队长')
    await desk.tapRole('button', '三湾街红马甲清洁队')
    await desk.shot('giving')
    await desk.tapRole('button', '给这个角色')
  }
  await give('李示范')
  await desk.sees('您没有权限这样做')
  await desk.getByRole('button', { name: '知道了' }).tap()
  await desk.tapRole('button', '先不给')

  await give('张样例')
  await desk.sees('已给张样例')
  await desk.tapRole('button', '收回张样例的队长')
  await desk.getByRole('button', { name: '收回', exact: true }).last().tap()
  await desk.sees('已收回')
  await desk.shown().getByRole('button', { name: '收回张样例的队长' }).waitFor({ state: 'detached' })
})

story('建一支队伍、登记一家商户，各请一个人', async (world) => {
  const secretary = await world.as('secretary')
  const region = await community(world)
  const desk = await world.open('secretary', '/pages/team/list/index?which=teams')
  const choose = async (name) => {
    await desk.fill('找人', name)
    await desk.tapRole('button', '找人')
    await desk.tapRole('button', new RegExp(`^${name}.*选TA$`, 's'))
  }

  await desk.tapText('建一支服务队')
  await desk.at('pages/desk/founding/index')
  await desk.fill('队名', '样例应急队')
  await desk.tapRole('button', '建一支服务队')
  await desk.sees('请点一下，是哪一类的')
  await desk.tapRole('radio', '应急救援')
  await desk.shot('team')
  await desk.tapRole('button', '建一支服务队')
  await desk.at('pages/desk/roles/index')
  await choose('张样例')
  await desk.shot('leader')
  await desk.tapRole('button', '给这个角色')
  await desk.sees('已给张样例')
  const teams = (await secretary.get(`/teams?region_id=${region}&limit=100`)).items
  const team = teams.find(({ name }) => name === '样例应急队')
  assert.equal(team.kind, 'emergency')
  assert.deepEqual(team.leaders.map(({ name }) => name), ['张样例'])

  await desk.go('/pages/desk/today/index')
  await desk.tapText('队伍和单位', { exact: true })
  await desk.sees('应急救援，队长 张样例')
  await desk.shot('teams')
  await desk.tapText('谁是队长、承办人')
  await desk.tapRole('button', '给人一个角色')
  await choose('张样例')
  await desk.tapRole('button', '承办单位')
  await desk.tapText('登记一家单位')
  await desk.at('pages/desk/founding/index')
  await desk.fill('单位名称', '样例面馆')
  await desk.tapRole('radio', '商户')
  await desk.shot('organisation')
  await desk.tapRole('button', '登记一家单位')
  await desk.at('pages/desk/roles/index')
  await desk.tapRole('button', '给这个角色')
  await desk.sees('已给张样例')
  const { roles } = await (await world.as('resident')).get('/me')
  const shop = (await secretary.get(`/organisations?region_id=${region}&limit=100`)).items.find(({ name }) => name === '样例面馆')
  assert.equal(shop.kind, 'merchant')
  assert.ok(roles.some(({ role, organisation_id }) => role === 'assignee' && organisation_id === shop.id))
})

story('社区数字', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/figures/index')
  await desk.sees('五颗星各有多少分')
  await desk.sees(/办结\d+件，满意\d+件，满意率\d+%/)
  await desk.sees(/到时间没人评价的\d+件，不算满意/)
  await desk.shot('figures')
  await desk.sees(/起的一周$/)
  await desk.tapRole('button', /^最近12个月/)
  await desk.tapRole('button', /^上月/)
  await desk.sees(/^\d{4}年\d+月$/)
  await desk.text('四联单', { exact: true }).scrollIntoViewIfNeeded()
  await desk.shot('tickets')
})

story('街道干部看到一个社区', async (world) => {
  const officer = await world.open('street', '/pages/desk/regions/index')
  await officer.sees('济源路街道一共')
  await officer.sees(/\d+人有积分/)
  await officer.shot('street')
  await officer.tapText('柿树湾村')
  await officer.at('pages/desk/figures/index')
  await officer.sees('产业兴旺')
  const district = await world.open('district', '/pages/desk/regions/index')
  await district.tapText('济源路街道')
  await district.sees('三湾街社区')
})

story('刚建的社区还没有数字', async (world) => {
  const officer = await world.as('street')
  const street = officer.person.roles[0].region_id
  const fresh = await officer.post('/regions', { parent_id: street, kind: 'community', community_kind: 'urban', name: '样板新村社区' })
  const desk = await world.open('street', `/pages/desk/figures/index?region_id=${fresh.id}`)
  await desk.sees('还没有数字')
  await desk.shot('fresh')
  await desk.go('/pages/desk/regions/index')
  await desk.sees('还没有单子')
})
