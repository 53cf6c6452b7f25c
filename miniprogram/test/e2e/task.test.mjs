// Micro-tasks as residents live them: from the home page to the points, the draw at a station, return and appeal.
import assert from 'node:assert/strict'
import { everyLook, setting, story } from './harness.mjs'

const hour = 3600_000
const later = (hours) => new Date(Date.now() + hours * hour).toISOString()

/** A published task of the resident's community, which ends before all others and so stands first on the home page. */
async function publish(world, change = {}) {
  const secretary = await world.as('secretary')
  const region_id = secretary.person.home.community_id
  const made = await secretary.post('/tasks', {
    region_id, star: 'livable_ecology', title: '样例任务甲', description: '把楼道扫一扫。', place: '样例院一号楼', points: 10, capacity: 3,
    claim_until: later(2), due_at: later(48), ...change,
  })
  return secretary.post(`/tasks/${made.id}/publish`)
}

async function scan(phone, text) {
  await phone.tapText('扫一扫', { exact: true })
  await phone.getByText('同意，继续').tap()
  await phone.getByLabel('码的内容').fill(text)
  await phone.getByText('扫这个').tap()
}

const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()

story('从认领到积分', async (world) => {
  await publish(world)
  const resident = await world.as('resident')
  const { balance } = await resident.get('/me/points')

  const phone = await world.open('resident')
  await phone.shot('home')
  await phone.tapText('样例任务甲')
  await phone.at('pages/task/detail/index')
  await phone.sees('什么都不用交')
  await phone.shot('task')
  await phone.tapText('我来做')
  await phone.at('pages/task/claim/index')
  await phone.sees('完成期限')
  await phone.sees('什么都不用写')
  await phone.shot('claim')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('等待审核')
  await phone.shot('submitted')

  const [claim] = (await resident.get('/me/claims')).items
  assert.equal(claim.state, 'submitted')
  const secretary = await world.as('secretary')
  await secretary.post(`/claims/${claim.id}/review`, { verdict: 'approve' })

  await phone.go(`/pages/task/claim/index?id=${claim.id}`)
  await phone.sees('10 积分已经到账')
  await phone.go('/pages/home/index')
  await phone.sees(String(balance + 10), { exact: true })
}, { in: everyLook })

story('要交文字和照片的任务', async (world) => {
  await setting(world, { photos_demanded: true })
  await publish(world, { evidence: { text: true, photos_after: true }, reason: '样例原因' })
  const phone = await world.open('resident')
  await phone.tapText('样例任务甲')
  await phone.tapText('我来做')
  await phone.at('pages/task/claim/index')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('请写一写完成情况')
  await confirm(phone, '知道了')
  await phone.fill('完成情况', '扫干净了')
  let arrive
  const signal = new Promise((resolve) => (arrive = resolve))
  await phone.route('**/api/v1/files', (route) => signal.then(() => route.continue()))
  const chooser = phone.waitForEvent('filechooser')
  await phone.tapRole('button', '添加完成后')
  await phone.getByText('同意，继续').tap()
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  await (await chooser).setFiles({ name: 'done.png', mimeType: 'image/png', buffer: picture })
  await phone.getByLabel('第1张照片').first().waitFor()
  await phone.sees('正在发送')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('请等照片发完再交')
  await confirm(phone, '知道了')
  arrive()
  await phone.getByText('正在发送').waitFor({ state: 'detached' })
  await phone.shot('filled')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('等待审核')
  await phone.sees('扫干净了')
  await phone.getByLabel('放大第1张照片').waitFor()
  const [claim] = (await (await world.as('resident')).get('/me/claims')).items
  assert.equal(claim.text, '扫干净了')
  assert.deepEqual(claim.photos.map(({ label }) => label), ['after'])
})

story('在认领区抽卡、放回、再抽', async (world) => {
  const secretary = await world.as('secretary')
  const station = await secretary.post('/stations', { region_id: secretary.person.home.community_id, name: '样例角', place: '样例店门口' })
  await publish(world, { station_id: station.id, title: '样例卡甲' })
  await publish(world, { station_id: station.id, title: '样例卡乙' })
  await publish(world, { title: '样例任务丙' })

  const phone = await world.open('resident')
  await scan(phone, `s=${station.id}`)
  await phone.at('pages/task/station/index')
  await phone.sees('样例角')
  await phone.sees('样例卡乙')
  await phone.seesNot('样例任务丙')
  await phone.tapRole('button', '抽一张任务卡')
  await phone.sees('您抽到的任务卡')
  await phone.shot('drawn')
  const resident = await world.as('resident')
  const drawn = async () => (await resident.get('/me/claims?state=claimed')).items.find(({ station_id }) => station_id === station.id)
  const first = await drawn()
  await phone.tapText('放回去，换一张')
  await confirm(phone, '放回')
  await phone.sees('可以再抽一张')
  assert.equal(await drawn(), undefined)
  await phone.tapRole('button', '抽一张任务卡')
  await phone.sees('您抽到的任务卡')
  const second = await drawn()
  assert.notEqual(second.task_id, first.task_id, 'the same card again')
  await phone.tapText('我来做')
  await phone.at('pages/task/claim/index')
  await phone.tapText('放回这张卡')
  await confirm(phone, '放回')
  await phone.sees('今天在这里已经放回过一张卡了')
  await confirm(phone, '知道了')
  await phone.tapText('回到认领区')
  await phone.at('pages/task/station/index')
  await phone.sees('您抽到的任务卡')
  await phone.wx('navigateBack')
  await phone.at('pages/task/claim/index')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('等待审核')
}, { in: everyLook })

story('退回、没有通过和申诉', async (world) => {
  const task = await publish(world)
  const resident = await world.as('resident')
  const secretary = await world.as('secretary')
  const claim = await resident.post(`/tasks/${task.id}/claims`)
  await resident.put(`/claims/${claim.id}/submission`, {})
  await secretary.post(`/claims/${claim.id}/review`, { verdict: 'return', reason: '请写一写扫了哪一层' })

  const phone = await world.open('resident', '/pages/task/claims/index')
  await phone.tapText('样例任务甲')
  await phone.at('pages/task/claim/index')
  await phone.sees('社区怎么说') // not in the history only
  await phone.sees('请写一写扫了哪一层')
  await phone.shot('returned')
  await phone.tapText('想说句话')
  await phone.fill('完成情况', '扫了三层')
  await phone.tapText('做完了，交上去', { exact: true })
  await phone.sees('等待审核')
  assert.equal((await resident.get(`/claims/${claim.id}`)).text, '扫了三层')

  await secretary.post(`/claims/${claim.id}/review`, { verdict: 'reject', reason: '没有看到' })
  await phone.go(`/pages/task/claim/index?id=${claim.id}`)
  await phone.sees('没有看到')
  await phone.shot('rejected')
  await phone.tapText('送到街道')
  await phone.sees('请先写写为什么')
  await phone.fill('为什么应该通过', '邻居都看见我扫的')
  await phone.tapText('送到街道')
  await phone.sees('申诉已经送到街道')
  await phone.sees('邻居都看见我扫的')
  await phone.seesNot('送到街道', { exact: true }) // once only

  const street = await world.as('street')
  await street.post(`/claims/${claim.id}/appeal/decision`, { verdict: 'overturn', reason: '问过邻居了' })
  await phone.go(`/pages/task/claim/index?id=${claim.id}`)
  await phone.sees('10 积分已经到账')
  await phone.sees('街道改为通过')
}, { in: everyLook })

story('不做了，名额让给别人', async (world) => {
  const task = await publish(world, { capacity: 1 })
  const resident = await world.as('resident')
  const claim = await resident.post(`/tasks/${task.id}/claims`)
  const phone = await world.open('resident', `/pages/task/claim/index?id=${claim.id}`)
  await phone.tapText('不做了，让给别人')
  await confirm(phone, '放弃')
  await phone.sees('名额已经让给别人了')
  await phone.seesNot('不做了，让给别人')
  assert.equal((await resident.get(`/tasks/${task.id}`)).places_left, 1)
})

story('现场扫码确认的任务', async (world) => {
  const task = await publish(world, { verify: 'scan' })
  const resident = await world.as('resident')
  const claim = await resident.post(`/tasks/${task.id}/claims`)
  const phone = await world.open('resident', `/pages/task/claim/index?id=${claim.id}`)
  await phone.sees('请那里的同志扫您的个人码')
  await phone.seesNot('做完了，交上去')
  await phone.tapText('出示我的个人码')
  await phone.at('pages/me/code/index')

  const { text } = await resident.get('/me/code')
  const leader = await world.open('leader', `/pages/task/detail/index?id=${task.id}`)
  await leader.tapText('扫码确认完成', { exact: true })
  await leader.getByText('同意，继续').tap()
  await leader.getByLabel('码的内容').fill(text)
  await leader.getByText('扫这个').tap()
  await leader.sees(`${resident.person.name}的任务已完成，积分到账`)
  assert.equal((await resident.get('/me/claims?state=approved')).items[0].task_id, task.id)
})

story('按星看任务，别人领完了', async (world) => {
  const task = await publish(world, { capacity: 1, star: 'harmony' })
  await publish(world, { title: '样例任务乙' })
  const phone = await world.open('resident', '/pages/task/list/index')
  await phone.sees('样例任务乙')
  await phone.shown().getByRole('button', { name: '幸福和谐', exact: true }).tap()
  await phone.text('样例任务乙').waitFor({ state: 'detached' })
  await phone.tapText('样例任务甲')
  await phone.at('pages/task/detail/index')
  await (await world.as('volunteer1')).post(`/tasks/${task.id}/claims`)
  await phone.tapText('我来做')
  await phone.sees('名额已经领完了')
  await confirm(phone, '知道了')
  await phone.shown().getByText('名额已经领完了').waitFor()
  await phone.sees('看别的任务')
  await phone.seesNot('我来做')
})
