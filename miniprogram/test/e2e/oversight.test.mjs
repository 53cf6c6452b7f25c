// What a community has set, the odd cases that wait for a look, and the street's spot checks.
import assert from 'node:assert/strict'
import { everyLook, story } from './harness.mjs'

const confirm = (phone, text) => phone.locator('.preview-modal').getByText(text, { exact: true }).tap()

/** Answers the sheet that asks for a reason. */
async function say(phone, words, button) {
  await phone.locator('textarea').filter({ visible: true }).fill(words)
  await phone.locator('.t-button, t-button').filter({ hasText: button, visible: true }).last().tap()
}

story('社区设置：改一项，写明为什么，记录留在下面', async (world) => {
  const phone = await world.open('secretary', '/pages/desk/today/index')
  await phone.tapText('社区设置', { exact: true })
  await phone.at('pages/desk/settings/index')
  await phone.sees('可以要求拍照')
  await phone.sees('每日手工调整上限：200分 改为 300分') // by the demo's secretary
  await phone.shot('settings')
  await phone.tapText('可以要求拍照', { exact: true })
  await phone.sees('可以要求拍照：改为打开，为什么？')
  await phone.tapText('居民会议同意', { exact: true })
  await phone.tapText('改好，保存')
  await phone.sees('可以要求拍照：关着 改为 打开')
  await phone.shot('changed')

  await phone.tapText('同时认领数', { exact: true })
  await phone.fill('同时认领数', '3')
  await phone.tapText('改', { exact: true })
  await say(phone, '让更多人领得到', '改好，保存')
  await phone.sees('同时认领数：5项 改为 3项')
  await phone.sees('让更多人领得到')

  const secretary = await world.as('secretary')
  const community = secretary.person.home.community_id
  const settings = await secretary.get(`/regions/${community}/settings`)
  assert.equal(settings.photos_demanded, true)
  assert.equal(settings.open_claims, 3)
  const street = await world.open('street', `/pages/desk/settings/index?region_id=${community}`)
  await street.sees('这里由社区书记改，您可以看')
  await street.sees('让更多人领得到')
}, { in: everyLook })

story('异常情况：看过理由，没有问题就写明', async (world) => {
  const phone = await world.open('secretary', '/pages/desk/odd-cases/index')
  await phone.sees('一部手机签到多人')
  await phone.sees('时长重在一起')
  await phone.sees('积分一下子多了')
  await phone.shot('odd-cases')
  const secretary = await world.as('secretary')
  const path = `/regions/${secretary.person.home.community_id}/odd-cases`
  const before = (await secretary.get(path)).items
  await phone.tapText('没有问题', { exact: true }) // the filter
  await phone.sees('这里没有异常情况')
  await phone.tapText('等看一看', { exact: true })
  await phone.locator('.card').filter({ hasText: '一部手机签到多人', visible: true }).getByText('没有问题').tap()
  await phone.sees('为什么没有问题？')
  await phone.tapText('老人没有手机，家人帮着签的', { exact: true })
  await phone.locator('.sheet').filter({ visible: true }).getByText('没有问题', { exact: true }).last().tap()
  await phone.sees('已记下，没有问题')
  await phone.seesNot('一部手机签到多人')
  const after = (await secretary.get(path)).items
  assert.equal(after.length, before.length - 1)
  assert.equal((await secretary.get(`${path}?state=dismissed`)).items[0].note, '老人没有手机，家人帮着签的')
}, { in: everyLook })

story('街道抽查：打电话，记下结果，数字跟着变', async (world) => {
  const phone = await world.open('street', '/pages/desk/today/index')
  await phone.tapText('抽查', { exact: true })
  await phone.at('pages/desk/spot-checks/index')
  await phone.sees('问：这件事是您做的吗？')
  await phone.shot('spot-checks')
  const street = await world.as('street')
  const { region_id } = street.person.roles.find(({ role }) => role === 'street_officer')
  const open = (await street.get(`/regions/${region_id}/spot-checks?state=open`)).items
  const first = open.find(({ may_answer, person }) => may_answer && person.phone_masked) // an elder may have no phone
  const card = phone.locator('.card').filter({ hasText: first.person.name, visible: true }).filter({ hasText: first.about.memo })
  await card.getByText('打电话').tap()
  await confirm(phone, '拨打')
  await phone.sees('拨打电话')
  await confirm(phone, '呼叫')
  await card.getByText('本人说没做过').tap()
  await phone.sees('本人怎么说的？')
  await phone.tapText('说那天没有参加', { exact: true })
  await phone.tapText('记下：说没做过', { exact: true })
  await phone.sees('已记下')
  await phone.tapText('说没做过', { exact: true })
  await phone.sees('去这个人的积分里撤销')
  await phone.shot('not-confirmed')
  assert.equal((await street.get(`/regions/${region_id}/spot-checks?state=open`)).items.length, open.length - 1)
  const draw = await street.get(`/regions/${first.region_id}/spot-checks/draw?month=${first.month}`)
  assert.equal(draw.same, true)
  await phone.go('/pages/desk/figures/index')
  await phone.sees('抽查：')
}, { in: everyLook })
