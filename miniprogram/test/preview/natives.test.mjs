import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startPhone } from './support/phone.mjs'

let phone
let window
before(async () => {
  phone = await startPhone()
})
after(() => phone?.close())

const onPage = (route) => beforeEach(async () => {
  await window?.close()
  window = await phone.open(`#/${route}`)
})

describe('fields', () => {
  onPage('pages/fields/index')

  test('input tells typing, focus, blur and confirm, and holds no more than maxlength', async () => {
    const field = window.page.getByPlaceholder('姓名')
    await field.tap()
    await field.pressSequentially('一二三四五')
    assert.equal((await window.noted('name', 'input')).value, '一二三四')
    assert.equal((await window.noted('name', 'focus')).value, '')
    await field.press('Enter')
    assert.equal((await window.noted('name', 'confirm')).value, '一二三四')
    assert.equal((await window.noted('name', 'blur')).value, '一二三四')
  })

  test('model: binds both ways, type and password shape the field, disabled locks it', async () => {
    const age = window.page.getByPlaceholder('年龄')
    await age.fill('70')
    assert.equal(await window.data('age'), '70')
    await window.page.evaluate(() => window.preview.page().setData({ age: '71' }))
    assert.equal(await age.inputValue(), '71')
    assert.equal(await age.getAttribute('inputmode'), 'numeric')
    assert.equal(await age.evaluate((element) => getComputedStyle(element, '::placeholder').color), 'rgb(179, 19, 27)')
    assert.equal(await window.page.getByPlaceholder('口令').getAttribute('type'), 'password')
    assert.equal(await window.page.getByPlaceholder('不能改').isDisabled(), true)
  })

  test('focus can be given by data', async () => {
    await window.tap('给焦点')
    await window.page.waitForFunction(() => document.activeElement?.placeholder === '会得到焦点')
  })

  test('textarea grows with its text', async () => {
    const field = window.page.getByPlaceholder('说明')
    const before = (await field.boundingBox()).height
    await field.fill('一\n二\n三\n四\n五\n六')
    assert.equal((await window.noted('story', 'input')).value, '一\n二\n三\n四\n五\n六')
    assert.ok((await field.boundingBox()).height > before + 40)
  })

  test('checkboxes tell their group, also by label; a disabled one does not move', async () => {
    await window.page.getByText('苹果').tap()
    assert.deepEqual((await window.noted('fruits', 'change')).value, ['apple', 'pear'])
    await window.page.getByText('李').tap()
    assert.equal(await window.page.getByRole('checkbox', { name: '李' }).isChecked(), false)
    await window.page.getByText('梨').tap()
    assert.deepEqual((await window.noted('fruits', 'change')).value, ['apple'])
  })

  test('radios are one of a group', async () => {
    await window.page.getByText('大', { exact: true }).tap()
    assert.equal((await window.noted('size', 'change')).value, 'large')
    assert.equal(await window.page.getByRole('radio', { name: '小' }).isChecked(), false)
  })

  test('a label with for moves its switch', async () => {
    await window.page.getByText('想要').tap()
    assert.equal((await window.noted('wanted', 'change')).value, true)
    assert.equal(await window.page.getByRole('switch', { name: '想要' }).isChecked(), true)
  })

  test('slider moves by the finger within its range', async () => {
    const slider = window.page.getByRole('slider', { name: '数量' })
    assert.equal(await slider.inputValue(), '150')
    const box = await slider.boundingBox()
    await window.drag({ x: box.x + box.width * 0.74, y: box.y + box.height / 2 }, { x: box.x + box.width, y: box.y + box.height / 2 })
    assert.equal((await window.noted('amount', 'change')).value, 200)
    assert.equal((await window.noted('amount', 'changing')).value, 200)
    assert.equal(await window.page.locator('wx-slider span').innerText(), '200')
  })

  test('pickers: a place in the range, a day within limits, a time, and leaving without one', async () => {
    await window.page.getByText('级别：低').tap()
    await window.page.getByRole('option', { name: '高' }).tap()
    await window.page.getByText('级别：高').waitFor()
    await window.page.getByText('级别：高').tap()
    await window.page.getByRole('button', { name: '取消' }).tap()
    await window.noted('level', 'cancel')

    await window.page.getByText('日期', { exact: true }).tap()
    const day = window.page.getByLabel('选择日期').locator('input')
    await day.fill('2026-04-02')
    await window.page.getByRole('button', { name: '确定' }).tap()
    await window.page.getByText('请选择2026-03-01到2026-03-31之间').waitFor()
    await day.fill('2026-03-20')
    await window.page.getByRole('button', { name: '确定' }).tap()
    assert.equal((await window.noted('day', 'change')).value, '2026-03-20')

    await window.page.getByText('时间', { exact: true }).tap()
    await window.page.getByLabel('选择时间').locator('input').fill('14:05')
    await window.page.getByRole('button', { name: '确定' }).tap()
    assert.equal((await window.noted('hour', 'change')).value, '14:05')
  })

  test('form gathers every field and component, and resets them', async () => {
    await window.page.getByPlaceholder('姓名').fill('甲')
    await window.page.getByText('大', { exact: true }).tap()
    await window.page.getByText('三颗星').tap()
    await window.tap('提交')
    assert.deepEqual(await window.data('sent'), {
      name: '甲', age: '', secret: '', locked: '锁', focused: '', story: '', fruits: ['pear'], size: 'large', wanted: false, amount: 150, level: 0, day: '2026-03-05', hour: '09:30', stars: 3,
    })
    await window.tap('重填')
    assert.equal(await window.data('sent'), 'reset')
    assert.equal(await window.page.getByPlaceholder('姓名').inputValue(), '')
    assert.equal(await window.page.getByRole('radio', { name: '小' }).isChecked(), true)
  })

  test('a disabled button does nothing', async () => {
    await window.button('不能点').tap({ force: true })
    await window.page.getByText('想要').tap()
    await window.noted('wanted', 'change')
    assert.equal((await window.data('noted')).some(({ of }) => of === 'disabled'), false)
  })
})

describe('canvas', () => {
  onPage('pages/draw/index')

  /** A dot of a picture that the app holds, and the picture's size and kind. */
  const look = (path, [x, y]) => window.page.evaluate(async ([address, left, top]) => {
    const file = await (await fetch(address)).blob()
    const bitmap = await globalThis.createImageBitmap(file)
    const pen = new globalThis.OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    pen.drawImage(bitmap, 0, 0)
    return { size: [bitmap.width, bitmap.height], type: file.type, dot: [...pen.getImageData(left, top, 1, 1).data] }
  }, [path, x, y])

  test('its node is found from pages and components, one, several and none', async () => {
    await window.tap('find')
    await window.page.waitForFunction(() => window.preview.page().data.found)
    assert.deepEqual(await window.data('found'), { width: 100, height: 80, hasNode: true, several: [true], alone: true, other: false, none: null, inExec: true, inComponent: true, measured: { width: 100, hasNode: false } })
  })

  test('shapes, and pictures of the mini-program and of the app, become a picture of the phone', async () => {
    const whole = await made('whole')
    assert.deepEqual(await look(whole, [150, 20]), { size: [200, 160], type: 'image/png', dot: [10, 92, 194, 255] })
    assert.deepEqual((await look(whole, [10, 10])).dot, (await look('assets/wide.png', [10, 10])).dot)
    assert.deepEqual((await look(whole, [10, 110])).dot, (await look('assets/wide.png', [10, 10])).dot)
    const part = await made('part')
    assert.deepEqual(await look(part, [10, 10]), { size: [60, 30], type: 'image/jpeg', dot: (await look(part, [0, 0])).dot })
    const [red, green, blue] = (await look(part, [0, 0])).dot
    assert.ok(Math.abs(red - 10) + Math.abs(green - 92) + Math.abs(blue - 194) < 12, 'a piece of the square, as near as a JPEG is')
  })

  test('a picture that is not there tells so', async () => assert.equal(await made('missing'), 'not there'))

  test('a size that is not given is that of the screen\'s dots', async () => {
    const session = await window.page.context().newCDPSession(window.page)
    await session.send('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 2, mobile: true })
    assert.deepEqual((await look(await made('unsized'), [0, 0])).size, [400, 320])
  })

  test('what ends the app on a phone is refused', async () => {
    assert.match(await made('huge'), /^canvasToTempFilePath:fail a canvas may be 4096 dots/)
    assert.match(await made('nowhere'), /^canvasToTempFilePath:fail the preview takes the node/)
  })

  async function made(name) {
    await window.tap(name)
    return (await window.page.waitForFunction((action) => window.preview.page().data.made[action], name)).jsonValue()
  }
})

describe('looks', () => {
  onPage('pages/look/index')

  test('rpx follow the width of the phone, styles of pages and components stay apart', async () => {
    const hovered = window.page.locator('.hovered')
    assert.equal(Math.round((await hovered.boundingBox()).height), 52) // 100rpx of 390 px
    await window.page.setViewportSize({ width: 320, height: 568 })
    assert.equal(Math.round((await hovered.boundingBox()).height), 43)
    assert.equal(await window.page.locator('#measured, [id$="--measured"]').evaluate((element) => getComputedStyle(element).color), 'rgb(4, 5, 6)')
    assert.equal(await window.page.locator('wx-view[id$="--frame"]').evaluate((element) => getComputedStyle(element).borderLeftColor), 'rgb(1, 2, 3)')
  })

  test('tap, long press, hover and catch', async () => {
    await window.page.locator('.hovered').tap()
    assert.equal((await window.data('noted')).filter(({ of, type }) => of === 'view' && type === 'tap').length, 1)
    const box = await window.page.locator('.hovered').boundingBox()
    const session = await window.page.context().newCDPSession(window.page)
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 20, y: box.y + 20 }] })
    await window.noted('view', 'longpress')
    assert.equal(await window.page.locator('.hovered').evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(9, 9, 9)')
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await window.page.waitForFunction(() => getComputedStyle(document.querySelector('.hovered')).backgroundColor !== 'rgb(9, 9, 9)')
    assert.equal((await window.data('noted')).filter(({ of, type }) => of === 'view' && type === 'tap').length, 1, 'a long press is no tap')
    await window.page.getByText('里面').tap()
    await window.noted('inner', 'tap')
    assert.equal((await window.data('noted')).some(({ of }) => of === 'outer'), false)
  })

  test('a drag is no tap', async () => {
    const box = await window.page.locator('.hovered').boundingBox()
    await window.drag({ x: box.x + 20, y: box.y + 20 }, { x: box.x + 120, y: box.y + 20 })
    await window.page.getByText('里面').tap()
    await window.noted('inner', 'tap')
    assert.equal((await window.data('noted')).some(({ of }) => of === 'view'), false)
  })

  test('WXS computes and handles events with a ComponentDescriptor', async () => {
    await window.page.getByText('点我 42 列表').waitFor()
    await window.page.locator('.wxs').tap()
    await window.page.waitForFunction(() => window.preview.page().data.fromWxs)
    assert.deepEqual(await window.data('fromWxs'), { year: 2026, matches: true })
    assert.equal(await window.page.locator('.pressed').evaluate((element) => element.style.color), 'rgb(1, 2, 3)')
    assert.equal(await window.page.locator('.wxs.was-pressed').count(), 1)
  })

  test('images: absolute and relative sources, modes, a missing one, and names', async () => {
    assert.deepEqual(await window.noted('image', 'load'), { width: 60, height: 30 })
    assert.equal(await window.page.locator('.fit').evaluate((element) => getComputedStyle(element).backgroundSize), 'contain')
    await window.page.waitForFunction(() => document.querySelector('.tall').clientHeight === 50)
    await window.noted('missing', 'error')
    await window.page.getByRole('img', { name: '宽图' }).waitFor()
  })

  test('text keeps its lines', async () => {
    assert.equal(await window.page.locator('.lines').innerText(), '一行\n两行')
  })

  test('progress and rich text', async () => {
    const bar = window.page.getByRole('progressbar')
    assert.equal(await bar.getAttribute('aria-valuenow'), '40')
    assert.equal(await bar.locator('i').evaluate((element) => element.style.width), '40%')
    const [fromMarkup, fromNodes] = await window.page.locator('wx-rich-text').evaluateAll((elements) => elements.map((element) => element.innerHTML))
    assert.equal(fromMarkup, '<b>粗</b>')
    assert.equal(fromNodes, '<i style="color: red">斜</i>')
  })

  test('swiper by finger and by data', async () => {
    const box = await window.page.locator('wx-swiper').boundingBox()
    await window.drag({ x: box.x + box.width - 40, y: box.y + 50 }, { x: box.x + 40, y: box.y + 50 })
    const change = await window.noted('swiper', 'change')
    assert.equal(change.source, 'touch')
    assert.equal(change.currentItemId, ['甲', '乙', '丙'][change.current])
    await window.noted('swiper', 'animationfinish')
    await window.page.evaluate(() => window.preview.page().setData({ current: 0 }))
    await window.page.waitForFunction(() => document.querySelector('.preview-swiper-items').scrollLeft === 0)
    await window.tap('nextSlide')
    await window.page.waitForFunction(() => window.preview.page().data.noted.filter(({ of }) => of === 'swiper').pop().detail.current === 2)
    assert.equal(await window.page.locator('.preview-swiper-dots i').count(), 3)
  })

  test('scroll-view tells its scrolling and its ends, and goes to a child', async () => {
    const box = await window.page.locator('.scroll').boundingBox()
    await window.tap('showRow')
    await window.page.waitForFunction(() => document.querySelector('.scroll').scrollTop === 120)
    await window.page.waitForFunction(() => window.preview.page().data.scrolls > 0)
    await window.page.evaluate(() => document.querySelector('.scroll').scrollTo(0, 1000))
    assert.equal((await window.noted('scroll', 'scrolltolower')).direction, 'bottom')
    await window.page.evaluate(() => document.querySelector('.scroll').scrollTo(0, 0))
    assert.equal((await window.noted('scroll', 'scrolltoupper')).direction, 'top')
    assert.equal(Math.round(box.height), 90)
  })

  test('navigator opens its page', async () => {
    await window.page.getByRole('link', { name: '去第二页' }).tap()
    await window.at('room/second/index')
    assert.equal(await window.data('from'), 'navigator')
  })

  test('components: lifetimes, slots, events, TDesign inside', async () => {
    assert.deepEqual((await window.events()).filter(([what]) => String(what).startsWith('note')).map(([what]) => what), ['note attached', 'note shown', 'note ready'])
    await window.page.getByText('便条').tap()
    assert.deepEqual(await window.noted('note', 'pick'), { text: '便条' })
    const icon = window.page.locator('[class*="t-icon-star"]')
    assert.match(await icon.evaluate((element) => getComputedStyle(element, '::before').maskImage), /^url\("data:image\/svg/)
  })

  test('root-portal draws outside what cuts it off, and taps there count', async () => {
    const floating = window.page.locator('.floating')
    const box = await floating.boundingBox()
    const view = await window.page.locator('.preview-view').boundingBox()
    assert.equal(Math.round(box.y + box.height), Math.round(view.y + view.height))
    await floating.tap()
    await window.noted('portal', 'tap')
    await window.page.evaluate(() => window.preview.page().setData({ portal: false }))
    await window.page.waitForFunction(() => document.querySelector('.floating').closest('.clip'))
  })

  test('page-meta sets root size, page size and page style', async () => {
    const measured = window.page.getByText('量一量')
    assert.equal(await measured.evaluate((element) => getComputedStyle(element).fontSize), '20px')
    assert.equal(await window.page.locator('page').evaluate((element) => getComputedStyle(element).fontSize), '18px')
    await window.tap('largerRoot')
    await window.page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '17px')
    await window.tap('lock')
    assert.equal(await window.page.locator('page').evaluate((element) => element.style.overflow), 'hidden')
  })

  test('nodes are measured from below the navigation bar', async () => {
    await window.tap('measure')
    await window.page.waitForFunction(() => window.preview.page().data.rect)
    const box = await window.page.getByText('量一量').boundingBox()
    const rect = await window.data('rect')
    assert.equal(Math.round(rect.top), Math.round(box.y - 44))
    assert.equal(rect.width, box.width)
  })

  test('share shows what would be sent, the phone number is asked for after the privacy consent', async () => {
    await window.tap('转发')
    await window.page.getByText('/pages/look/index?shared=1').waitFor()
    await window.page.getByRole('button', { name: '知道了' }).tap()
    await window.tap('手机号')
    await window.page.getByRole('button', { name: '拒绝' }).tap()
    assert.equal((await window.noted('phone', 'getphonenumber')).errno, 104)
    await window.tap('手机号')
    await window.page.getByRole('button', { name: '同意' }).tap()
    await window.page.getByLabel('手机号').last().fill('13900000009')
    await window.page.getByRole('button', { name: '允许', exact: true }).tap()
    await window.page.waitForFunction(() => window.preview.page().data.noted.some(({ detail }) => detail.code === 'sim:13900000009'))
    await window.tap('手机号')
    await window.page.getByRole('button', { name: '不允许' }).tap()
    await window.page.waitForFunction(() => window.preview.page().data.noted.some(({ detail }) => detail.errMsg === 'getPhoneNumber:fail user deny'))
  })

  test('openSetting of a button tells the settings', async () => {
    await window.tap('设置')
    await window.page.getByRole('button', { name: '返回小程序' }).tap()
    assert.deepEqual((await window.noted('setting', 'opensetting')).authSetting, {})
  })

  test('an error of a page reaches the window', async () => {
    await window.page.locator('.thrower').tap()
    await window.page.getByText('里面').tap()
    await window.noted('inner', 'tap')
    assert.deepEqual(window.errors, ['a page fails'])
  })
})
