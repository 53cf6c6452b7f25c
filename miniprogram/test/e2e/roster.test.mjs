// The secretary's list of people, from the file as the office has it to the households that Party members look after.
import assert from 'node:assert/strict'
import { TextDecoder } from 'node:util'
import { everyLook, story } from './harness.mjs'

/** Chinese text as spreadsheets of offices save it. */
function inGBK(text) {
  const decoder = new TextDecoder('gbk')
  const codes = new Map()
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) codes.set(decoder.decode(Uint8Array.of(first, second)), [first, second])
  }
  return Buffer.from([...text].flatMap((sign) => (sign.charCodeAt(0) < 0x80 ? [sign.charCodeAt(0)] : codes.get(sign))))
}

const title = '三湾街社区居民名单\n'
const headings = '序号,姓 名,身份证号,联系电话,所属网格,政治面貌,户号,与户主关系,联系党员\n'
const withFaults =
  title + headings +
  '1,新样例甲,410100199001011234,138 0000 0171,槐荫院网格,群众,3号楼301,户主,新样例乙\n' +
  '2,新样例乙,,13800000172,槐荫院网格,中共党员,3号楼302,户主,\n' +
  '3,新样例丙,,1380000017,槐荫院网格,,3号楼303,户主,\n' +
  '4,新样例丁,,1.38E+10,河边网格,,,,\n'
const mended = withFaults.replace('1380000017,', '13800000173,').replace('1.38E+10', '13800000174')

async function chooseFile(desk, button, name, text) {
  const chooser = desk.waitForEvent('filechooser')
  await desk.tapText(button, { exact: true })
  const consent = desk.getByText('同意，继续')
  await Promise.race([chooser, consent.waitFor().then(() => consent.tap(), () => undefined)])
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: inGBK(text) })
}

const confirm = (desk, name) => desk.getByRole('button', { name, exact: true }).last().tap()

story('书记导入名单，改好再导，再撤销', async (world) => {
  const secretary = await world.as('secretary')
  const community = secretary.person.home.community_id
  const found = async (name) => (await secretary.get(`/regions/${community}/people?q=${encodeURIComponent(name)}`)).items

  const desk = await world.open('secretary', '/pages/desk/today/index')
  await desk.tapText('导入名单', { exact: true })
  await desk.at('pages/desk/roster/index')
  await desk.sees('党员和住户名单.csv')
  await desk.shot('before')
  await chooseFile(desk, '选择名单文件', '居民名单.csv', withFaults)
  await desk.sees('4行：新增2人，更新0人，不变0人')
  await desk.sees('有2行需要改。在表格里改好，再选一次文件。')
  await desk.sees('手机号应是1开头的11位数字，这里有10位')
  await desk.sees('手机号被Excel写成了1.38E+10，后几位已经丢了，请把这一列设成文本再填')
  await desk.sees('第5行')
  await desk.shot('faults')
  assert.deepEqual(await found('新样例'), [], 'a preview changes nothing')

  await chooseFile(desk, '改好了，重新选文件', '居民名单.csv', mended)
  await desk.sees('本社区没有叫「河边网格」的网格')
  await desk.tapText('建立这些网格')
  await confirm(desk, '建立')
  await desk.sees('4行：新增4人，更新0人，不变0人')
  await desk.sees('住在：河边网格')
  await desk.sees('联系党员：新样例乙')
  await desk.shot('good')
  await desk.tapText('导入4人')
  await confirm(desk, '导入')
  await desk.sees('新增4人，更新0人')
  await desk.sees('可以撤销，还有23小时')
  await desk.shot('imported')
  const people = await found('新样例')
  assert.deepEqual(people.map(({ name, party_member }) => [name, party_member]).sort(), [['新样例丁', false], ['新样例丙', false], ['新样例乙', true], ['新样例甲', false]])
  assert.ok(people.every(({ home }) => home.verified), 'a roster verifies homes')

  await secretary.post(`/people/${people.find(({ name }) => name === '新样例丁').id}/cards`)
  await desk.shown().getByRole('button', { name: '撤销这次导入：居民名单.csv' }).tap()
  await confirm(desk, '撤销')
  await desk.sees('这些没有动')
  await desk.sees('第6行 新样例丁：已制卡')
  await desk.sees(/撤销，3人回到原样/)
  await desk.shot('undone')
  assert.deepEqual((await found('新样例')).map(({ name }) => name), ['新样例丁'])
}, { in: everyLook })

story('安排党员联系一户', async (world) => {
  const member = await world.open('volunteer1', '/pages/me/index')
  await member.tapText('我联系的户')
  await member.at('pages/me/households/index')
  await member.sees('1号楼101')
  await member.seesNot('2号楼301')

  const desk = await world.open('secretary', '/pages/desk/today/index')
  await desk.tapText('住户', { exact: true })
  await desk.at('pages/desk/households/index')
  await desk.tapText('还没有联系党员', { exact: true })
  await desk.shot('households')
  await desk.tapText('2号楼301')
  await desk.at('pages/desk/household/index')
  await desk.sees('还没有党员联系这一户。')
  await desk.tapText('安排联系党员')
  await desk.fill('党员姓名', '陈举例')
  await desk.tapText('找人')
  await desk.tapText('请TA联系')
  await desk.sees('138****0121')
  await desk.sees('不再联系这一户')
  await desk.shot('linked')

  await member.go('/pages/me/households/index')
  await member.sees('2号楼301')
  await member.sees('138****0108')
  await member.shot('mine')

  await desk.tapText('不再联系这一户')
  await confirm(desk, '不再联系')
  await desk.sees('还没有党员联系这一户。')
  await desk.sees(/^以前：陈举例/)
  const worker = await world.open('grid')
  await worker.tapText('居民和乐享卡', { exact: true })
  await worker.at('pages/desk/people/index')
  await worker.tapText('张样例')
  await worker.at('pages/desk/person/index')
  await worker.sees('做一张新卡')
  await worker.seesNot('积分从哪里来')
  await worker.seesNot('一共得到')
  await worker.shot('grid-worker')
  await worker.wx('navigateBack')
  await worker.at('pages/desk/people/index')
  await worker.seesNot('谁是队长')
  await worker.tapText('住户和联系党员')
  await worker.sees('1号楼101')
  await worker.tapText('1号楼101')
  await worker.sees('陈举例')
  await worker.seesNot('不再联系这一户')
}, { in: everyLook })
