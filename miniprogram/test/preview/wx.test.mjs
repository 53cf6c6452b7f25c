import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fixture } from './support/build.mjs'
import { drawCode } from './support/answers.mjs'
import { openBrowser } from './support/browser.mjs'
import { startPhone } from './support/phone.mjs'

const picture = path.join(fixture, 'assets/wide.png')
let phone
let window
let people = 0
before(async () => {
  phone = await startPhone()
})
after(() => phone?.close())

/** Everyone comes new: nothing agreed to, nothing kept. */
beforeEach(async () => {
  await window?.close()
  window = await phone.open(`?as=person${++people}`)
})

const agree = async (page) => page.getByRole('button', { name: '同意', exact: true }).tap()
const allow = async (page) => page.getByRole('button', { name: '允许', exact: true }).tap()
const refuse = async (page) => page.getByRole('button', { name: '拒绝', exact: true }).tap()

describe('server', () => {
  test('login gives the code of whoever holds the phone', async () => {
    assert.deepEqual(await window.call('login'), { errMsg: 'login:ok', code: `sim:person${people}` })
    assert.equal((await window.call('checkSession')).errMsg, 'checkSession:ok')
  })

  test('the server\'s address leads to where the preview comes from; data of GET is the query', async () => {
    const { statusCode, data, header, errMsg } = await window.call('get')
    assert.equal(statusCode, 200)
    assert.equal(errMsg, 'request:ok')
    assert.deepEqual(data.query, [['中', 'a b'], ['list', '[1]']])
    assert.equal(data.header['x-mine'], 'yes')
    assert.equal(data.header['content-type'], 'application/json')
    assert.equal(header['X-Request-Id'], 'r-1')
    assert.equal((await window.page.evaluate(() => window.preview.calls.find(({ name }) => name === 'request'))).method, 'GET')
  })

  test('bodies: JSON, form, bytes', async () => {
    assert.equal((await window.call('post')).data.body, '{"name":"甲"}')
    const { body, header } = (await window.call('form')).data
    assert.deepEqual([body, header['content-type']], ['name=%E7%94%B2', 'application/x-www-form-urlencoded'])
    assert.equal((await window.call('text')).data.body, '一句话')
    assert.equal(await window.call('bytes'), '\u0001\u0002z')
  })

  test('an error status is an answer, not a failure', async () => {
    const { statusCode, data, errMsg } = await window.call('refused')
    assert.deepEqual({ statusCode, data, errMsg }, { statusCode: 409, data: { code: 'task.full', detail: '已经满了' }, errMsg: 'request:ok' })
  })

  test('failures in WeChat\'s words', async () => {
    assert.deepEqual(await window.call('timeout'), { errMsg: 'request:fail timeout', errno: 5 })
    assert.deepEqual(await window.call('abort'), { errMsg: 'request:fail abort' })
    assert.match((await window.call('lost')).errMsg, /^request:fail errcode:-102/)
    assert.match((await window.call('relative')).errMsg, /^request:fail invalid url/)
    assert.match((await window.call('patch')).errMsg, /^request:fail method "PATCH" is invalid/)
  })

  test('headers come first to who listens', async () => assert.equal((await window.call('headers'))['X-Request-Id'], 'r-1'))

  test('without a network', async () => {
    await window.page.evaluate(() => window.preview.setOffline(true))
    assert.match((await window.call('get')).errMsg, /ERR_INTERNET_DISCONNECTED/)
    assert.match((await window.call('uploadNothing')).errMsg, /^uploadFile:fail/)
    assert.match((await window.call('login')).errMsg, /^login:fail/)
    assert.equal((await window.call('network')).networkType, 'none')
    await window.call('quiet')
    await window.page.evaluate(() => window.preview.setOffline(false))
    assert.equal((await window.call('network')).networkType, 'wifi')
    assert.deepEqual((await window.events()).filter(([what]) => String(what).startsWith('network')), [
      ['network', { isConnected: false, networkType: 'none' }], ['network', { isConnected: true, networkType: 'wifi' }],
    ])
    assert.equal((await window.call('get')).statusCode, 200)
  })

  test('going offline ends what is under way; ?offline=1 starts so', async () => {
    await window.page.evaluate(() => setTimeout(() => window.preview.setOffline(true), 50))
    assert.match((await window.call('abort')).errMsg, /abort|DISCONNECTED/)
    const other = await phone.open('?as=other&offline=1')
    assert.equal((await other.call('network')).networkType, 'none')
    await other.close()
  })
})

describe('files', () => {
  const choose = (page) => async () => {
    const chooser = page.waitForEvent('filechooser')
    await agree(page)
    await (await chooser).setFiles(picture)
  }

  test('a picture is chosen, sent with its form and shown large', async () => {
    const { tempFiles, type } = await window.call('choose', choose(window.page))
    assert.equal(type, 'image')
    assert.equal(tempFiles.length, 1)
    assert.match(tempFiles[0].tempFilePath, /^blob:/)
    assert.ok(tempFiles[0].size > 0)
    const { statusCode, data, progress } = await window.call('upload')
    assert.equal(statusCode, 201)
    assert.deepEqual({ ...data, size: 0 }, { size: 0, hasPicture: true, why: true, mine: 'yes' })
    assert.equal(progress.at(-1), 100)
    await window.call('viewer')
    await window.page.getByText('2 / 2').waitFor()
    await window.page.getByRole('button', { name: '下一张' }).tap()
    await window.page.getByText('1 / 2').waitFor()
    await window.page.getByRole('button', { name: '关闭' }).tap()
    await window.page.locator('.preview-viewer').waitFor({ state: 'detached' })
  })

  test('a file of the chats is chosen with its name; who leaves has chosen none', async () => {
    const { tempFiles } = await window.call('chooseFile', async (page) => {
      const opened = page.waitForEvent('filechooser')
      await agree(page)
      const chooser = await opened
      assert.equal(await chooser.element().getAttribute('accept'), '.csv,.xlsx')
      await chooser.setFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名') })
    })
    assert.equal(tempFiles.length, 1)
    assert.deepEqual([tempFiles[0].name, tempFiles[0].size, tempFiles[0].type], ['名单.csv', 6, 'file'])
    assert.match(tempFiles[0].path, /^blob:/)
    const opened = window.page.waitForEvent('filechooser')
    const left = await window.call('chooseFile', async () => (await opened).element().dispatchEvent('cancel'))
    assert.equal(left.errMsg, 'chooseMessageFile:fail cancel')
  })

  test('without consent to privacy nothing is chosen', async () => {
    const answer = await window.call('choose', (page) => page.getByRole('button', { name: '不同意' }).tap())
    assert.deepEqual(answer, { errMsg: 'chooseMedia:fail privacy permission is not authorized', errno: 104 })
  })

  test('saving a picture asks for the album, and a refusal stays until the settings are opened', async () => {
    await window.call('choose', choose(window.page))
    assert.match((await window.call('save', refuse)).errMsg, /^saveImageToPhotosAlbum:fail auth deny/)
    assert.match((await window.call('save')).errMsg, /auth deny/)
    const settings = await window.call('openSetting', async (page) => {
      await page.getByLabel('保存图片到你的相册').check()
      await page.getByRole('button', { name: '返回小程序' }).tap()
    })
    assert.deepEqual(settings, { 'scope.writePhotosAlbum': true })
    const download = window.page.waitForEvent('download')
    assert.equal((await window.call('save')).errMsg, 'saveImageToPhotosAlbum:ok')
    assert.equal((await download).suggestedFilename(), 'picture.png')
  })

  test('a document is fetched and opened, by a temporary path or one of its own', async () => {
    const first = window.page.waitForEvent('download')
    assert.deepEqual(await window.call('download'), { statusCode: 200 })
    assert.equal((await first).suggestedFilename(), 'document.xlsx')
    const second = window.page.waitForEvent('download')
    assert.deepEqual(await window.call('downloadNamed'), { filePath: 'http://usr/积分.xlsx' })
    assert.equal((await second).suggestedFilename(), '积分.xlsx')
    const third = window.page.waitForEvent('download')
    assert.equal((await window.call('share')).errMsg, 'shareFileMessage:ok')
    assert.equal((await third).suggestedFilename(), '十张卡片.pdf')
    const { text, nothing } = await window.call('read')
    assert.equal(text, 'a sheet')
    assert.match(nothing.errMsg, /^readFile:fail no such file/)
    assert.match((await window.call('openNothing')).errMsg, /^openDocument:fail file doesn't exist/)
    assert.match((await window.call('uploadNothing')).errMsg, /^uploadFile:fail file not found/)
  })
})

describe('permissions', () => {
  test('privacy: asked once, by the page\'s own box', async () => {
    assert.equal((await window.call('privacySetting')).needAuthorization, true)
    assert.equal((await window.call('privacy', (page) => page.getByRole('button', { name: '不同意' }).tap())).errno, 104)
    assert.equal((await window.call('privacy', agree)).errMsg, 'requirePrivacyAuthorize:ok')
    assert.equal((await window.call('privacySetting')).needAuthorization, false)
    assert.equal((await window.call('privacy')).errMsg, 'requirePrivacyAuthorize:ok')
    await window.call('contract', async (page) => {
      await page.getByText('《小程序用户隐私保护指引》').first().waitFor()
      await page.getByRole('button', { name: '返回', exact: true }).last().tap()
    })
  })

  test('place: asked once; it can be moved, refused and missing', async () => {
    await window.page.evaluate(() => window.preview.setPrivacyAgreed(true))
    await window.page.evaluate(() => (window.preview.place = { latitude: 1, longitude: 2, accuracy: 3 }))
    const { latitude, longitude, accuracy } = await window.call('place', allow)
    assert.deepEqual([latitude, longitude, accuracy], [1, 2, 3])
    await window.page.evaluate(() => (window.preview.place = undefined))
    assert.match((await window.call('place')).errMsg, /^getLocation:fail system permission denied/)
    await window.page.evaluate(() => window.preview.setPermission('scope.userLocation', 'refused'))
    assert.match((await window.call('place')).errMsg, /^getLocation:fail auth deny/)
    assert.deepEqual(await window.call('settings'), { 'scope.userLocation': false })
  })

  test('authorize asks, and what was allowed stays', async () => {
    assert.equal((await window.call('authorize', allow)).errMsg, 'authorize:ok')
    assert.equal((await window.call('authorize')).errMsg, 'authorize:ok')
    assert.deepEqual(await window.call('settings'), { 'scope.writePhotosAlbum': true })
  })

  test('subscribe messages are accepted or rejected', async () => {
    assert.deepEqual(await window.call('subscribe', allow), { errMsg: 'requestSubscribeMessage:ok', one: 'accept', two: 'accept' })
    assert.deepEqual(await window.call('subscribe', refuse), { errMsg: 'requestSubscribeMessage:ok', one: 'reject', two: 'reject' })
    assert.match((await window.call('subscribeToMany')).errMsg, /^requestSubscribeMessage:fail/)
  })
})

describe('scanning', () => {
  test('a pasted code', async () => {
    const answer = await window.call('scan', async (page) => {
      await page.getByRole('button', { name: '扫这个' }).tap()
      await page.getByText('请先粘贴码的内容').waitFor()
      await page.getByLabel('码的内容').fill('码 abc')
      await page.getByRole('button', { name: '扫这个' }).tap()
    })
    assert.deepEqual([answer.result, answer.scanType, answer.path], ['码 abc', 'QR_CODE', undefined])
    assert.equal(answer.rawData, Buffer.from('码 abc').toString('base64'))
  })

  test('a code that another person\'s page shows; icons and other pictures are none', async () => {
    const other = await phone.open('?as=shower#/pages/look/index')
    await other.tap('showCode')
    await other.page.waitForFunction(() => window.preview.codesOnShow.list().length > 0)
    await other.close()
    const answer = await window.call('scan', (page) => page.getByRole('button', { name: /样子.*code on show 42/s }).tap())
    assert.equal(answer.result, 'code on show 42')
    assert.equal(await window.page.evaluate(() => window.preview.codesOnShow.list().length), 1)
    assert.equal(await window.page.evaluate(() => window.preview.codesOnShow.list(Date.now() + 11 * 60_000).length), 0)
  })

  test('a picture of a mini-program code gives the path with its scene', async () => {
    const answer = await window.call('scan', async (page) => {
      const wrong = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: '选一张码的图片' }).tap()
      await (await wrong).setFiles(picture)
      await page.getByText('没有认出码').waitFor()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: '选一张码的图片' }).tap()
      await (await chooser).setFiles({ name: 'station.gif', mimeType: 'image/gif', buffer: drawCode('s=01ABC') })
    })
    assert.deepEqual([answer.path, answer.scanType], ['pages/task/station/index?scene=s%3D01ABC', 'WX_CODE'])
  })

  test('leaving without a code, by the button or beside the box', async () => {
    assert.equal((await window.call('scan', (page) => page.getByRole('button', { name: '取消' }).tap())).errMsg, 'scanCode:fail cancel')
    const beside = await window.call('scan', async (page) => {
      await page.getByRole('dialog').waitFor()
      await page.touchscreen.tap(195, 20)
    })
    assert.equal(beside.errMsg, 'scanCode:fail cancel')
    assert.equal(await window.page.getByRole('dialog').count(), 0)
  })
})

describe('what is kept', () => {
  test('storage, by both manners of calling', async () => {
    const { kept, data, keys, missing, gone } = await window.call('storage')
    assert.deepEqual([kept, data, keys.sort(), missing.errMsg, gone], [{ list: [1] }, 'text', ['kept', 'other'], 'getStorage:fail data not found', ''])
    assert.deepEqual(await window.call('clear'), { left: 0 })
  })

  test('each person has their own', async () => {
    await window.call('keep')
    const again = await phone.open(`?as=person${people}`)
    assert.equal((await again.call('kept')).value, 'of this person')
    await again.close()
    const other = await phone.open('?as=someone-else')
    assert.equal((await other.call('kept')).value, '')
    await other.close()
  })

  test('callbacks: after the call, success or fail, then complete, and no promise', async () => {
    const order = (name, errMsg) => ({ order: ['called', `${name}: ${errMsg}`, `complete: ${errMsg}`], given: 'undefined' })
    assert.deepEqual(await window.call('callbacks'), { kept: order('success', 'getStorage:ok'), never: order('fail', 'getStorage:fail data not found') })
  })
})

describe('feedback', () => {
  test('toasts and loading come and go', async () => {
    await window.call('plainToast')
    assert.equal(await window.page.getByRole('status').innerText(), '没有图标')
    assert.equal(await window.page.locator('.preview-toast u').count(), 0)
    await window.call('toast')
    await window.page.locator('.preview-toast').waitFor({ state: 'detached' })
    await window.call('loading')
    await window.page.locator('.preview-icon-loading').waitFor()
    await window.page.locator('.preview-toast').waitFor({ state: 'detached' })
    await window.call('hideToast')
    assert.equal(await window.page.locator('.preview-toast').count(), 0)
  })

  test('a toast stays as long as it was asked to, by itself one and a half seconds', async () => {
    const { context, close } = await openBrowser() // all pages of a browser have the same clock
    try {
      const page = await context.newPage()
      await page.goto(`${phone.origin}/preview/`)
      await page.waitForFunction(() => document.documentElement.dataset.page)
      await page.clock.install()
      await page.clock.pauseAt(Date.now() + 60_000)
      const toast = page.getByRole('status')
      for (const [options, duration] of [[{ title: '好了', duration: 300 }, 300], [{ title: '留一会儿' }, 1500]]) {
        await page.evaluate((wanted) => window.wx.showToast(wanted), options)
        assert.equal((await toast.innerText()).replace(/\s/g, ''), `✓${options.title}`)
        await page.clock.runFor(duration - 1)
        assert.equal(await toast.count(), 1)
        await page.clock.runFor(1)
        assert.equal(await toast.count(), 0)
      }
    } finally {
      await close()
    }
  })

  test('modal and action sheet give what was tapped', async () => {
    const answered = async (button) => {
      const { confirm, cancel } = await window.call('modal', async (page) => {
        assert.equal((await page.getByRole('dialog').innerText()).replace(/\s/g, ''), '问一下可以吗不行可以')
        await page.getByRole('dialog').getByRole('button', { name: button }).tap()
      })
      return { confirm, cancel }
    }
    assert.deepEqual(await answered('可以'), { confirm: true, cancel: false })
    assert.deepEqual(await answered('不行'), { confirm: false, cancel: true })
    await window.call('notice', async (page) => {
      assert.deepEqual(await page.getByRole('dialog').getByRole('button').allInnerTexts(), ['知道了'])
      await page.getByRole('button', { name: '知道了' }).tap()
    })
    const written = await window.call('editable', async (page) => {
      await page.getByPlaceholder('写在这里').fill('一句')
      await page.getByRole('button', { name: '确定' }).tap()
    })
    assert.equal(written.content, '一句')
    assert.equal((await window.call('sheet', (page) => page.getByRole('button', { name: '相册' }).tap())).tapIndex, 1)
    assert.equal((await window.call('sheet', (page) => page.getByRole('button', { name: '取消' }).tap())).errMsg, 'showActionSheet:fail cancel')
  })
})

describe('pages', () => {
  test('navigateTo: options as written, lifecycle, event channel, back', async () => {
    await window.tap('navigateTo')
    await window.at('room/second/index')
    assert.equal(await window.data('from'), '首页')
    assert.deepEqual((await window.events()).filter(([what]) => /^(second|calls)/.test(what)), [
      ['calls onHide'], ['second onLoad', { from: encodeURIComponent('首页'), x: '1' }], ['second onShow'], ['second onReady'],
    ])
    assert.deepEqual(await window.page.evaluate(() => window.preview.stack), ['pages/calls/index', 'room/second/index'])
    await window.tap('回话')
    await window.page.getByRole('button', { name: '返回' }).tap()
    await window.at('pages/calls/index')
    assert.deepEqual((await window.data('answers')).navigateTo, { said: '你好' })
    assert.equal((await window.events()).filter(([what]) => what.startsWith('second')).at(-1)[0], 'second onUnload')
    assert.equal(await window.page.locator('.preview-page[data-route="room/second/index"]').count(), 0)
  })

  test('the phone\'s own back button goes back by one page', async () => {
    await window.tap('navigateTo')
    await window.at('room/second/index')
    await window.page.evaluate(() => window.history.back())
    await window.at('pages/calls/index')
  })

  test('what cannot be opened is refused', async () => {
    assert.match((await window.call('navigateToTab')).errMsg, /^navigateTo:fail can not navigateTo a tabbar page/)
    assert.match((await window.call('navigateNowhere')).errMsg, /^navigateTo:fail page "pages\/none\/index" is not found/)
    assert.match((await window.call('redirectToTab')).errMsg, /^redirectTo:fail can not redirectTo a tabbar page/)
    assert.match((await window.call('switchToNoTab')).errMsg, /^switchTab:fail can not switch to no-tabBar page/)
    assert.deepEqual(await window.page.evaluate(() => window.preview.stack), ['pages/calls/index'])
    assert.equal(await window.page.locator('.preview-page').count(), 1)
  })

  test('redirectTo by a relative address leaves the page, reLaunch all of them', async () => {
    await window.tap('redirect')
    await window.at('pages/look/index')
    assert.deepEqual(await window.page.evaluate(() => window.preview.stack), ['pages/look/index'])
    assert.equal(await window.page.locator('.preview-page[data-route="pages/calls/index"]').count(), 0)
    await window.page.evaluate(() => window.wx.reLaunch({ url: '/pages/calls/index' }))
    await window.at('pages/calls/index')
    await window.tap('reLaunch')
    await window.at('room/second/index')
    assert.deepEqual(await window.page.evaluate(() => window.preview.stack), ['room/second/index'])
  })

  test('tabs keep their pages and tell their tap; badges', async () => {
    await window.call('keep')
    await window.page.getByRole('tab', { name: '填写' }).tap()
    await window.at('pages/fields/index')
    assert.equal(await window.page.getByRole('tab', { name: '填写' }).getAttribute('aria-selected'), 'true')
    assert.equal(await window.page.locator('.preview-page[data-route="pages/calls/index"]').isHidden(), true)
    await window.page.getByRole('tab', { name: '调用' }).tap()
    await window.at('pages/calls/index')
    assert.equal((await window.data('answers')).keep, 'done')
    assert.deepEqual((await window.events()).at(-1), ['tab', { index: 0, pagePath: 'pages/calls/index', text: '调用' }])
    await window.call('badge')
    await window.page.getByRole('tab', { name: /填写.*7/ }).waitFor()
    assert.equal(await window.page.locator('.preview-dot').isVisible(), true)
    await window.call('noBadge')
    assert.equal(await window.page.locator('.preview-tab-bar b:visible').count(), 0)
    await window.tap('switchTab')
    await window.at('pages/fields/index')
  })

  test('title and colours of the bar', async () => {
    await window.call('title')
    assert.equal(await window.page.getByRole('heading', { level: 1 }).innerText(), '新的标题')
    await window.call('colours')
    const colours = () => window.page.locator('.preview-navigation').evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color])
    assert.deepEqual(await colours(), ['rgb(179, 19, 27)', 'rgb(255, 255, 255)'])
    await window.tap('look')
    await window.at('pages/look/index')
    assert.equal(await window.page.getByRole('heading', { level: 1 }).innerText(), '样子')
    assert.deepEqual(await colours(), ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
    await window.page.getByRole('button', { name: '返回' }).tap()
    await window.at('pages/calls/index')
    assert.equal(await window.page.getByRole('heading', { level: 1 }).innerText(), '新的标题')
  })

  test('scrolling: by call, to the bottom, and pulling down', async () => {
    await window.call('scroll')
    assert.equal(await window.page.locator('.preview-page:not([hidden])').evaluate((element) => element.scrollTop), 200)
    await window.tap('reLaunch')
    await window.at('room/second/index')
    await window.page.locator('.preview-page').evaluate((element) => element.scrollTo(0, 5000))
    await window.page.waitForFunction(() => window.preview.page().data.bottoms === 1)
    await window.page.locator('.preview-page').evaluate((element) => element.scrollBy(0, -10))
    await window.page.waitForFunction(() => window.preview.page().data.scrolls > 1)
    assert.equal(await window.data('bottoms'), 1, 'told once, until it is left')
    await window.page.locator('.preview-page').evaluate((element) => element.scrollTo(0, 0))
    await window.drag({ x: 200, y: 200 }, { x: 200, y: 340 })
    await window.page.waitForFunction(() => window.preview.page().data.pulls === 1)
    await window.page.locator('.preview-refreshing').waitFor({ state: 'detached' })
    await window.page.evaluate(() => window.wx.startPullDownRefresh())
    await window.page.waitForFunction(() => window.preview.page().data.pulls === 2)
  })
})

describe('device and app', () => {
  test('sizes, fonts and the capsule', async () => {
    const { window: sizes, base, menu, account, system, later, systemAsync, allowed, scanCode, none, device } = await window.call('device')
    assert.deepEqual([sizes.windowWidth, sizes.screenHeight, sizes.windowHeight, system, later, systemAsync], [390, 844, 749, 749, 749, 749])
    assert.deepEqual([base.fontSizeScaleFactor, base.fontSizeSetting], [1, 17])
    assert.deepEqual([menu.width, menu.right, menu.top], [87, 383, 6])
    assert.deepEqual([account.miniProgram.envVersion, allowed, scanCode, none, device.platform], ['develop', 'authorized', true, false, 'devtools'])
    const large = await phone.open('?as=large&scale=1.4')
    const { base: largeBase } = await large.call('device')
    assert.deepEqual([largeBase.fontSizeScaleFactor, largeBase.fontSizeSetting], [1.4, 23.8])
    await large.close()
  })

  test('launch options come from the address', async () => {
    const other = await phone.open('?as=launched#/room/second/index?from=poster')
    assert.deepEqual(await other.events().then((events) => events.filter(([what]) => /onLaunch|app onShow/.test(what))), [
      ['onLaunch', { path: 'room/second/index', query: { from: 'poster' }, scene: 1001, referrerInfo: {} }], ['app onShow'],
    ])
    await other.close()
    const { launch, enter } = await window.call('launch')
    assert.deepEqual(launch, { path: 'pages/calls/index', query: {}, scene: 1001, referrerInfo: {} })
    assert.deepEqual(enter, launch)
  })

  test('going to the background and back', async () => {
    await window.page.evaluate(() => window.preview.hideApp())
    await window.page.evaluate(() => window.preview.showApp())
    const told = (await window.events()).map(([what]) => what)
    assert.deepEqual(told.slice(-4), ['calls onHide', 'app hidden', 'app onShow', 'app shown'])
  })

  test('sound, screen, clipboard, managers', async () => {
    assert.equal(await window.call('play'), 'ended')
    await window.call('stop')
    assert.equal((await window.call('screen')).value, 0.9)
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: phone.origin })
    await window.page.evaluate(() => window.preview.setPrivacyAgreed(true))
    assert.equal((await window.call('copy')).errMsg, 'setClipboardData:ok')
    assert.equal(await window.page.evaluate(() => window.navigator.clipboard.readText()), '抄下来')
    assert.equal(await window.call('managers'), 'managed')
    assert.equal(await window.call('tick'), 'ticked')
  })

  test('nodes from outside a page', async () => {
    assert.equal((await window.call('query')).height, 900)
  })

  test('a rejection nobody waits for reaches the listener and the window', async () => {
    await window.call('reject')
    await window.page.waitForFunction(() => window.fixtureEvents.some(([what]) => what === 'rejection'))
    assert.deepEqual((await window.events()).at(-1), ['rejection', 'nobody waits for it'])
    assert.deepEqual(window.errors, ['nobody waits for it'])
  })

  test('every call that is listed is there', async () => {
    const { readFileSync } = await import('node:fs')
    const { wx } = JSON.parse(readFileSync(path.join(fixture, '../../../preview/supported.json'), 'utf8'))
    const missing = await window.page.evaluate((names) => names.filter((name) => window.wx[name] === undefined), wx)
    assert.deepEqual(missing, [])
  })
})
