import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { startPhone } from './support/phone.mjs'

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let phone
before(async () => {
  phone = await startPhone()
})
after(() => phone?.close())

async function seriousFaults(page) {
  await page.addScriptTag({ path: axeFile })
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

describe('a wide window', () => {
  const wide = { viewport: { width: 1200, height: 900 }, isWide: true }

  test('frames a phone of 390 x 844 beside a switcher of the demo people', async () => {
    const { page, close } = await opened('?as=leader#/pages/look/index', wide)
    const box = await page.frameLocator('.preview-phone').locator('.preview-shell').boundingBox()
    assert.deepEqual([box.width, box.height], [390, 844])
    assert.equal(await page.getByRole('button', { name: '队长' }).getAttribute('aria-pressed'), 'true')
    assert.deepEqual(await page.locator('.preview-person').allInnerTexts(), ['管理员', '市级', '区级', '街道', '书记', '第二书记', '队长', '网格员', '联建单位', '商户', '居民', '外社区书记'])
    await page.getByText('微信是模拟的').waitFor()
    assert.deepEqual(await seriousFaults(page), [])
    await close()
  })

  test('changes the person, by list and by name; the address tells who and where', async () => {
    const { page, close } = await opened('?as=leader#/pages/look/index', wide)
    await page.getByRole('button', { name: '书记', exact: true }).click()
    await page.waitForURL(/\?as=secretary#\/pages\/calls\/index/)
    assert.equal(await (await phoneFrame(page)).evaluate(() => window.preview.person), 'secretary')
    await page.getByLabel('其他人的代号').fill('New Comer')
    await page.getByRole('button', { name: '换成此人' }).click()
    await page.getByText('代号只用小写字母').waitFor()
    await page.getByLabel('其他人的代号').fill('newcomer')
    await page.getByRole('button', { name: '换成此人' }).click()
    await page.waitForURL(/as=newcomer/)
    await page.getByRole('button', { name: '新人 newcomer' }).waitFor()
    await close()
  })

  test('large type, no network and a narrow phone', async () => {
    const { page, close } = await opened('?as=leader#/room/second/index', wide)
    await page.getByLabel('大字').check()
    await page.waitForURL(/scale=1\.4.*#\/room\/second\/index/)
    const frame = await phoneFrame(page)
    assert.equal(await frame.evaluate(() => window.wx.getAppBaseInfo().fontSizeSetting), 23.8)
    await page.getByLabel('无网络').check()
    assert.equal(await frame.evaluate(() => window.preview.offline), true)
    await page.getByLabel('窄屏 320').check()
    await frame.waitForFunction(() => window.innerWidth === 320)
    await close()
  })
})

describe('a phone\'s own window', () => {
  test('is filled by the app, and the capsule opens the switcher', async () => {
    const { page, close } = await opened('?as=leader')
    assert.equal(await page.locator('.preview-switcher').count(), 0)
    await page.getByRole('button', { name: '预览设置' }).tap()
    await page.getByText('微信是模拟的').waitFor()
    assert.deepEqual(await seriousFaults(page), [])
    await page.getByLabel('无网络').check()
    assert.equal(await page.evaluate(() => window.preview.offline), true)
    await page.getByRole('button', { name: '商户' }).tap()
    await page.waitForURL(/as=merchant/)
    await page.waitForFunction(() => window.preview?.person === 'merchant')
    await close()
  })

  test('starts at the first page when the address names none', async () => {
    const { page, close } = await opened('#/pages/none/index')
    assert.equal(await page.evaluate(() => window.preview.route), 'pages/calls/index')
    assert.equal(await page.evaluate(() => window.preview.person), 'resident')
    await close()
  })

  test('opens the page of an address that is typed', async () => {
    const { page, close, window } = await opened('')
    await page.evaluate(() => (location.hash = '#/room/second/index?from=typed'))
    await window.at('room/second/index')
    await close()
  })
})

describe('keyboard and screen readers', () => {
  test('what can be tapped is reached and works by Enter and Space', async () => {
    const { page, close, window } = await opened('#/pages/look/index')
    const tapped = page.getByRole('button', { name: /点我/ })
    await tapped.focus()
    await page.keyboard.press('Enter')
    await window.noted('view', 'tap')
    await page.getByRole('button', { name: '里面', exact: true }).focus()
    await page.keyboard.press(' ')
    await window.noted('inner', 'tap')
    await page.getByRole('link', { name: '去第二页' }).focus()
    await page.keyboard.press('Enter')
    await window.at('room/second/index')
    await close()
  })

  test('fields are named, and toggles move by Space', async () => {
    const { page, close, window } = await opened('#/pages/fields/index')
    await page.getByRole('textbox', { name: '姓名' }).waitFor()
    await page.getByRole('switch', { name: '想要' }).focus()
    await page.keyboard.press(' ')
    assert.equal((await window.noted('wanted', 'change')).value, true)
    await page.getByRole('radio', { name: '大' }).focus()
    await page.keyboard.press(' ')
    assert.equal((await window.noted('size', 'change')).value, 'large')
    await close()
  })

  for (const route of ['pages/calls/index', 'pages/fields/index', 'pages/look/index', 'pages/draw/index', 'room/second/index']) {
    test(`axe finds nothing serious on ${route}`, async () => {
      const { page, close } = await opened(`#/${route}`)
      assert.deepEqual(await seriousFaults(page), [])
      await close()
    })
  }

  test('axe finds nothing serious in the boxes of the runtime', async () => {
    const { page, close, window } = await opened('?as=boxes')
    for (const [name, leave] of [['modal', '不行'], ['sheet', '取消'], ['scan', '取消']]) {
      await window.call(name, async () => {
        await page.getByRole('dialog').waitFor()
        assert.deepEqual(await seriousFaults(page), [], name)
        await page.getByRole('dialog').getByRole('button', { name: leave }).tap()
      })
    }
    await close()
  })
})

async function opened(address, options) {
  const window = await phone.open(address, options)
  return { window, page: window.page, close: () => window.close() }
}

async function phoneFrame(page) {
  const frame = await (await page.waitForSelector('.preview-phone')).contentFrame()
  await frame.waitForFunction(() => document.documentElement.dataset.page)
  return frame
}
