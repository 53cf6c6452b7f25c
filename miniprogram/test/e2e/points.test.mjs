// One's own points: what there is, and where each came from.
import assert from 'node:assert/strict'
import { story } from './harness.mjs'

story('积分的来历', async (world) => {
  const resident = await world.as('resident')
  const before = await resident.get('/me/points')
  const { items } = await resident.get('/me/points/entries?limit=100')
  const wrong = items.find((entry) => entry.kind === 'claim')
  const phone = await world.open('resident', '/pages/points/index/index')
  await phone.sees(String(before.balance))
  await phone.sees(wrong.memo)
  await phone.sees(`由 ${wrong.confirmed_by} 确认`)
  await phone.sees('微任务')
  await phone.shot()

  const secretary = await world.as('secretary2')
  await secretary.post(`/points/entries/${wrong.id}/reversal`, { reason: '记到了别人名下' })
  await phone.go('/pages/points/index/index')
  await phone.sees('这一笔已经更正，不算了')
  await phone.sees(String(before.balance - wrong.amount))
  await phone.sees(`-${wrong.amount} 分`)
  await phone.sees('更正', { exact: true })
  await phone.shot('reversed')
  assert.equal((await resident.get('/me/points')).balance, before.balance - wrong.amount)
})

story('还没有积分', async (world) => {
  const phone = await world.open('newcomer', '/pages/points/index/index')
  await phone.sees('还没有积分')
  await phone.shot()
  await phone.tapText('看看有什么可做')
  await phone.at('pages/task/list/index')
})
