// What offices take away without typing a number: the bulletin, the lists behind it, the Excel file; and what people
// take away: the calendar, and a certificate that a stranger checks.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { everyLook, story } from './harness.mjs'

const communityOf = (secretary) => secretary.person.roles.find(({ role }) => role === 'secretary').region_id

const figureOf = ({ sections }, key) => sections.flatMap(({ figures }) => figures).find((one) => one.key === key)

story('书记交通报，一个数也不用填', async (world) => {
  const secretary = await world.as('secretary')
  const region = communityOf(secretary)
  const phone = await world.open('secretary', '/pages/desk/today/index')
  await phone.tapText('通报', { exact: true })
  await phone.at('pages/desk/bulletin/index')
  await phone.sees('周通报')
  await phone.shot('week')
  await phone.tapText('季观摩', { exact: true })
  await phone.sees('第4季度')
  const quarter = await secretary.get(`/regions/${region}/bulletin?period=2026-Q4`)
  const approved = figureOf(quarter, 'claims_approved')
  assert.ok(approved.value > 0, 'the demo has nothing to count')
  await phone.shot('quarter')

  await phone.shown().locator('.link').filter({ hasText: approved.name }).first().tap()
  await phone.at('pages/desk/counted/index')
  await phone.sees(approved.how)
  await phone.sees(`${approved.value}${approved.unit}`)
  const { items } = await secretary.get(`/regions/${region}/bulletin/${approved.key}?period=2026-Q4&limit=100`)
  assert.equal(items.length, approved.value)
  await phone.sees(items[0].title)
  await phone.shot('counted')
  await phone.wx('navigateBack')
  await phone.at('pages/desk/bulletin/index')

  const fetching = phone.waitForEvent('download')
  await phone.tapRole('button', '打开 Excel 表')
  const file = await (await fetching).path()
  assert.equal(fs.readFileSync(file).subarray(0, 2).toString(), 'PK', 'not a workbook')
  const paper = await fetch(quarter.paper_url)
  assert.match(await paper.text(), /季观摩/)
}, { in: everyLook })

story('街道看各社区，不排名次', async (world) => {
  const phone = await world.open('street', '/pages/desk/bulletin/index')
  await phone.sees('按目录顺序排，不排名次')
  await phone.sees('下面的各社区')
  await phone.tapText('月调度', { exact: true })
  await phone.sees('还没有结束')
  await phone.shot('street')
  await phone.shown().locator('.card').filter({ hasText: '三湾街社区' }).last().locator('.link').tap()
  await phone.sees('三湾街社区月调度')
})

story('开服务证书，陌生人扫码核对', async (world) => {
  const phone = await world.open('resident', '/pages/me/index')
  await phone.tapText('志愿服务证书', { exact: true })
  await phone.at('pages/figures/certificate/index')
  await phone.sees('我的证书')
  await phone.tapText('今年', { exact: true })
  await phone.tapText('写全名', { exact: true })
  await phone.shot('asking')
  await phone.tapRole('button', '开证书')
  await phone.sees('请对方用手机扫一扫核对')
  await phone.shot('certificate')
  const resident = await world.as('resident')
  const { items } = await resident.get('/me/certificates')
  const certificate = items.find(({ period }) => period !== 'all')

  const stranger = await world.open('newcomer')
  await stranger.wx('navigateTo', { url: `/pages/scan/index?code=${encodeURIComponent(certificate.qr_text)}` })
  await stranger.at('pages/figures/check/index')
  await stranger.sees('证书真实，现在有效')
  await stranger.sees(`${certificate.name[0]}*`)
  await stranger.seesNot(certificate.name)
  await stranger.shot('check')
  const page = await (await fetch(certificate.qr_text)).text()
  assert.match(page, /证书真实，现在有效/)
  assert.doesNotMatch(page, new RegExp(certificate.name))

  await phone.tapRole('button', '收回')
  await phone.locator('.preview-modal').getByText('收回', { exact: true }).tap()
  await phone.sees('已经收回，不再有效')
  await stranger.go(`/pages/figures/check/index?number=${certificate.number}`)
  await stranger.sees('不再有效')
}, { in: everyLook })

story('看服务日历', async (world) => {
  const phone = await world.open('resident', '/pages/team/list/index')
  await phone.tapText('服务日历：每天有什么')
  await phone.at('pages/figures/calendar/index')
  await phone.sees('每月有共建')
  await phone.sees('今天')
  await phone.shot('calendar')
  await phone.tapText('下个月', { exact: true })
  await phone.sees('可以预约的服务')
  await phone.shot('next')
}, { in: everyLook })
