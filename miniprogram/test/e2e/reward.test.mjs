// Points spent: what one gets for them, the code at the counter, and what the community owes the shop.
import assert from 'node:assert/strict'
import { everyLook, story } from './harness.mjs'

const haircut = '理发一次'

/** A reward of the resident's community by its title. */
async function rewardNamed(caller, title) {
  const { items } = await caller.get('/rewards?limit=100')
  return items.find((reward) => reward.title === title)
}

/** Says yes in the box that asks before something is done. */
const confirm = (phone, name) => phone.getByRole('button', { name, exact: true }).last().tap()

const digits = async (phone) => (await phone.text(/^\d{3} \d{3} \d{4}$/).textContent()).trim()

story('积分换一次理发', async (world) => {
  const resident = await world.as('resident')
  const before = (await resident.get('/me/points')).balance
  const reward = await rewardNamed(resident, haircut)
  const phone = await world.open('resident', '/pages/points/index/index')
  await phone.tapText('用积分换东西、换服务')
  await phone.at('pages/reward/list/index')
  await phone.sees(`还剩 ${reward.stock_left} 份`)
  await phone.sees('兑完了')
  await phone.sees(`还差 ${300 - before} 分`)
  await phone.shot('list')
  await phone.tapText(haircut, { exact: true })
  await phone.at('pages/reward/detail/index')
  await phone.sees('济源路样板理发店')
  await phone.shot('detail')
  await phone.tapText(`用 ${reward.price} 分兑换`)
  await phone.sees('领之前可以取消，积分退回来。')
  await confirm(phone, '兑换')
  await phone.at('pages/reward/redemption/index')
  await phone.sees('前有效')
  await phone.shot('code')
  const code = await digits(phone)
  assert.equal((await resident.get('/me/points')).balance, before - reward.price)

  const shop = await world.open('merchant', '/pages/home/index')
  await shop.tapText('核销兑换码')
  await shop.at('pages/reward/fulfil/index')
  await shop.fill('兑换码', code)
  await shop.shot('typed')
  await shop.shown().getByRole('button', { name: '核销', exact: true }).tap()
  await shop.sees('核销好了，请交给这位居民')
  await shop.sees(resident.person.name)
  await shop.shot('fulfilled')
  await shop.tapText('再核销一个')
  await shop.fill('兑换码', code)
  await shop.shown().getByRole('button', { name: '核销', exact: true }).tap()
  await shop.sees('这份已经领过了，不能再领一次')

  await phone.go('/pages/reward/mine/index')
  await phone.sees('已领取')
  await phone.shot('mine')
  await phone.go('/pages/points/index/index')
  await phone.sees(`-${reward.price} 分`)
  await phone.sees(haircut)
}, { in: everyLook })

story('不想要了，积分退回来', async (world) => {
  const resident = await world.as('resident')
  const open = (await resident.get('/me/redemptions?state=redeemed')).items[0]
  const reward = await resident.get(`/rewards/${open.reward_id}`)
  const before = (await resident.get('/me/points')).balance
  const phone = await world.open('resident', '/pages/me/index')
  await phone.tapText('我的兑换')
  await phone.at('pages/reward/mine/index')
  await phone.tapText('等您领取')
  await phone.at('pages/reward/redemption/index')
  await phone.tapText('取消兑换，退回积分')
  await confirm(phone, '取消兑换')
  await phone.sees('积分退回来了')
  await phone.sees(`已经取消，${open.price} 分退回来了。`)
  await phone.shot('cancelled')
  assert.equal((await resident.get('/me/points')).balance, before + open.price)
  assert.equal((await resident.get(`/rewards/${open.reward_id}`)).stock_left, reward.stock_left + 1)
  await phone.go('/pages/points/index/index')
  await phone.sees(`兑换已取消：${open.reward.title}`)
})

story('替老人用乐享卡兑换', async (world) => {
  const secretary = await world.as('secretary')
  const elder = (await secretary.get(`/regions/${secretary.person.home.community_id}/people?q=${encodeURIComponent('袁示例')}`)).items[0]
  const card = await secretary.post(`/people/${elder.id}/cards`)
  const phone = await world.open('secretary', `/pages/scan/index?code=${encodeURIComponent(card.qr_text)}`)
  await phone.tapText('帮持卡人办理')
  await phone.at('pages/home/index')
  await phone.wx('navigateTo', { url: '/pages/reward/list/index' })
  await phone.tapText('洗衣液一瓶')
  await phone.at('pages/reward/detail/index')
  await phone.tapText('用 25 分兑换')
  await confirm(phone, '兑换')
  await phone.at('pages/reward/redemption/index')
  await phone.sees('把这十个数字写给老人')
  await phone.sees(secretary.person.name)
  await phone.shot('code')
  const code = await digits(phone)

  const own = await world.open('secretary', `/pages/reward/fulfil/index?code=${code.replaceAll(' ', '')}`)
  await own.shown().getByRole('button', { name: '核销', exact: true }).tap()
  await own.sees('自己兑换或代办的，要由另一位同志来兑付')
  const other = await world.open('secretary2', '/pages/reward/fulfil/index')
  await other.fill('兑换码', code)
  await other.shown().getByRole('button', { name: '核销', exact: true }).tap()
  await other.sees('袁示例')
})

story('邻居自己的手艺，自己核销', async (world) => {
  const neighbour = await world.open('volunteer2', '/pages/reward/list/index')
  await neighbour.tapText(haircut, { exact: true })
  await neighbour.at('pages/reward/detail/index')
  await neighbour.sees('济源路样板理发店')
  await neighbour.seesNot('邻居来找您，核销兑换码')
  await neighbour.wx('navigateBack')
  await neighbour.tapText('修一次自行车', { exact: true })
  await neighbour.at('pages/reward/detail/index')
  await neighbour.shot('own')
  await neighbour.tapText('邻居来找您，核销兑换码')
  await neighbour.at('pages/reward/fulfil/index')

  const resident = await world.as('resident')
  const { code } = await resident.post(`/rewards/${(await rewardNamed(resident, '修一次自行车')).id}/redemptions`)
  await neighbour.fill('兑换码', code)
  await neighbour.shown().getByRole('button', { name: '核销', exact: true }).tap()
  await neighbour.sees('核销好了，请交给这位居民')
})

story('商户月底对账', async (world) => {
  const merchant = await world.as('merchant')
  const shopId = merchant.person.roles[0].organisation_id
  const [waiting] = (await merchant.get(`/rewards/${(await rewardNamed(merchant, haircut)).id}/redemptions?state=redeemed`)).items
  assert.ok(waiting && !waiting.code, 'somebody waits, and the shop does not know the code')
  const resident = await world.as('resident')
  const { code } = (await resident.get('/me/redemptions?state=redeemed')).items[0]
  await merchant.post('/redemptions/fulfil', { code })
  const statement = await merchant.get(`/organisations/${shopId}/redemptions`)

  const shop = await world.open('merchant', '/pages/me/index')
  await shop.tapText('核销兑换码')
  await shop.tapText(`这个月兑付了 ${statement.fulfilled} 份`)
  await shop.at('pages/reward/statement/index')
  await shop.sees(`${statement.owed_fen / 100}元`, { exact: true })
  await shop.sees(resident.person.name)
  await shop.shot('statement')
  const download = shop.waitForEvent('download')
  await shop.tapText('打开 Excel 对账单')
  assert.match((await download).suggestedFilename(), /xlsx$/)
})

story('一家店给两个社区兑东西', async (world) => {
  const [admin, merchant, resident, villager] = await Promise.all(['admin', 'merchant', 'resident', 'volunteer21'].map((name) => world.as(name)))
  const street = (await world.as('street')).person.roles[0].region_id
  const shop = await admin.post('/organisations', { region_id: street, name: '街口示例百货店', kind: 'merchant' })
  await admin.post('/role-grants', { person_id: merchant.person.id, role: 'assignee', organisation_id: shop.id })
  for (const [secretaryName, person, title, owed_fen] of [['secretary', resident, '肥皂两块', 600], ['outsider', villager, '手电筒一个', 1800]]) {
    const secretary = await world.as(secretaryName)
    const made = await secretary.post('/rewards', {
      region_id: secretary.person.roles[0].region_id, organisation_id: shop.id, kind: 'goods', title, place: '街口', price: 1, stock: 5,
      per_person_limit: 1, redeem_until: new Date(Date.now() + 864e5).toISOString(), fetch_days: 7, owed_fen,
    })
    const { code } = await person.post(`/rewards/${made.id}/redemptions`, {})
    await merchant.post('/redemptions/fulfil', { code })
  }

  const counter = await world.open('merchant', `/pages/reward/statement/index?id=${shop.id}`)
  await counter.sees('各个社区的')
  await counter.sees('三湾街社区')
  await counter.sees('柿树湾村')
  await counter.sees('24元', { exact: true })
  await counter.shot('both')

  const desk = await world.open('outsider', '/pages/desk/rewards/index')
  await desk.tapText('手电筒一个')
  await desk.tapText('这家的月度对账')
  await desk.at('pages/reward/statement/index')
  await desk.sees('18元', { exact: true })
  assert.equal(await desk.text('各个社区的').count(), 0)
  assert.equal(await desk.text('肥皂两块').count(), 0)
  await desk.shot('ours')
})

story('书记放上一样东西', async (world) => {
  const desk = await world.open('secretary', '/pages/desk/today/index')
  await desk.tapText('积分兑换', { exact: true })
  await desk.at('pages/desk/rewards/index')
  await desk.sees('大米一袋（5公斤）')
  await desk.shot('list')
  await desk.tapText('放上一样')
  await desk.at('pages/desk/reward/index')
  await desk.fill('名称', '保温杯一个')
  await desk.fill('所需积分', '30')
  await desk.fill('份数', '2')
  await desk.tapText('商户或单位')
  await desk.tapText('三湾街示例粮油店')
  await desk.fill('社区应付', '12.5')
  await desk.shot('form')
  await desk.tapText('发布', { exact: true })
  await confirm(desk, '发布')
  await desk.at('pages/desk/rewards/index')
  await desk.sees('保温杯一个')
  const secretary = await world.as('secretary')
  const made = await rewardNamed(secretary, '保温杯一个')
  assert.deepEqual([made.state, made.price, made.stock, made.owed_fen, made.organisation_name], ['published', 30, 2, 1250, '三湾街示例粮油店'])

  await desk.tapText('大米一袋（5公斤）')
  await desk.at('pages/desk/reward/index')
  await desk.sees('等着来领的')
  await desk.fill('份数', '5')
  await desk.shot('published')
  await desk.tapText('保存修改')
  await desk.at('pages/desk/rewards/index')
  await desk.sees('5 份，已兑 3 份')
  await desk.tapText('保温杯一个')
  await desk.tapText('结束兑换')
  await confirm(desk, '结束')
  await desk.sees('已结束')
  assert.equal((await secretary.get(`/rewards/${made.id}`)).state, 'closed')
})
