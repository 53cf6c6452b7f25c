import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { after, describe, test } from 'node:test'
import { runBuild, temporaryFolder } from './support/build.mjs'

const folders = []
after(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })))

/** A mini-program of one page; files replace or add to it. */
function miniProgram(files) {
  const root = temporaryFolder()
  folders.push(root)
  const all = { 'app.json': '{ "pages": ["pages/one/index"] }', 'app.ts': 'App({})', 'pages/one/index.json': '{}', 'pages/one/index.ts': 'Page({})', 'pages/one/index.wxml': '<view />', ...files }
  for (const [name, content] of Object.entries(all)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), content)
  }
  return root
}

function build(files) {
  const root = miniProgram(files)
  return runBuild(root, path.join(root, 'out'))
}

function refuses(files, expected) {
  const { status, stderr } = build(files)
  assert.equal(status, 1)
  assert.match(stderr, expected)
}

describe('the build refuses', () => {
  test('an unknown tag, with file and line', () => refuses({ 'pages/one/index.wxml': '<view />\n<view>\n  <video />\n</view>' }, /pages\/one\/index\.wxml:3: <video>/))
  test('an event that no native component has', () => refuses({ 'pages/one/index.wxml': '<view />\n<scroll-view\n  bindrefresherrefresh="a" />' }, /index\.wxml:3: the event refresherrefresh of <scroll-view>/))
  test('an attribute that is not offered', () => refuses({ 'pages/one/index.wxml': '<view wx:if="{{a > b}}"></view>\n<scroll-view refresher-enabled />' }, /index\.wxml:2: the attribute refresher-enabled of <scroll-view>/))
  test('a mode that is not offered', () => refuses({ 'pages/one/index.wxml': '<picker mode="region" />' }, /index\.wxml:1: mode="region" of <picker>/))
  test('a canvas of the old kind', () => refuses({ 'pages/one/index.wxml': '<canvas type="2d" />\n<canvas canvas-id="a" />' }, /^(?!.*wxml:1:)[^]*index\.wxml:2: the preview offers <canvas> only with type/))
  test('broken WXML', () => refuses({ 'pages/one/index.wxml': '<view>\n<text>a</view>' }, /pages\/one\/index\.wxml:\d+: /))
  test('a picture that is not there', () => refuses({ 'pages/one/index.wxml': '<image src="/assets/none.png" />' }, /index\.wxml:1: the picture \/assets\/none\.png/))
  test('a call of wx that is not offered', () => refuses({ 'pages/one/index.ts': 'Page({})\nwx.login()\nwx.startBluetoothDevicesDiscovery()' }, /pages\/one\/index\.ts:3: wx\.startBluetoothDevicesDiscovery/))
  test('such a call behind brackets and casts', () => refuses({ 'pages/one/index.ts': 'Page({})\n;(wx as never as { getWeRunData(): void }).getWeRunData()' }, /index\.ts:2: wx\.getWeRunData/))
  test('wx handed on as a whole', () => refuses({ 'services/all.ts': 'export const { login } = wx' }, /services\/all\.ts:1: write wx\.NAME/))
  test('a page that is not there', () => refuses({ 'app.json': '{ "pages": ["pages/one/index"], "subPackages": [{ "root": "room", "pages": ["two/index"] }] }' }, /app\.json:1: the page room\/two\/index/))
  test('a component that is not there', () => refuses({ 'pages/one/index.json': '{ "usingComponents": { "x-y": "/components/x-y/index" } }' }, /pages\/one\/index\.json: the component \/components\/x-y\/index/))
  test('a local picture in WXSS', () => refuses({ 'pages/one/index.wxss': '.a { color: red; }\n.b { background: url("/assets/a.png"); }' }, /index\.wxss:2: WXSS cannot show/))
  test('every problem at once', () => refuses({ 'pages/one/index.wxml': '<video />', 'pages/one/index.ts': 'Page({})\nwx.none()' }, /<video>[\s\S]*wx\.none/))
})

describe('the build accepts', () => {
  test('what looks alike and is none of it', () => {
    const { status, stderr } = build({
      'pages/one/index.wxml': '<!-- <video /> -->\n<wxs module="m">var a = "<video>"; module.exports = a</wxs>\n<view data-wx="a > b" bind:tap="wx" aria-label="<video>">{{m}}</view>',
      'pages/one/index.ts': 'interface Has { wx: number }\nconst has: Has = { wx: 1 }\nconsole.log(has.wx, typeof wx.login)\nPage({})',
    })
    assert.equal(stderr, '')
    assert.equal(status, 0)
  })

  test('files by relative addresses only, so that any path can serve them', () => {
    const root = miniProgram({})
    const out = path.join(root, 'out')
    assert.equal(runBuild(root, out).status, 0)
    const page = fs.readFileSync(path.join(out, 'index.html'), 'utf8')
    assert.doesNotMatch(page, /["']\/\w/)
    assert.deepEqual(fs.readdirSync(out).sort(), ['app.css', 'app.js', 'frame.css', 'frame.js', 'index.html'])
  })
})

describe('WeChat\'s own compilers', () => {
  const check = (files) => spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/check-templates.mjs'), '--src', miniProgram(files)], { encoding: 'utf8' })

  test('accept what is sound', () => assert.equal(check({ 'pages/one/index.wxss': '.a { width: 1rpx; }' }).status, 0))
  test('refuse a broken template by its name', () => {
    const { status, stderr } = check({ 'pages/one/index.wxml': '<view><text>{{a</view>' })
    assert.equal(status, 1)
    assert.match(stderr, /pages\/one\/index\.wxml: wcc/)
  })
  test('refuse a broken style sheet by its name', () => {
    const { status, stderr } = check({ 'pages/one/index.wxss': '.a {{' })
    assert.equal(status, 1)
    assert.match(stderr, /pages\/one\/index\.wxss: wcsc/)
  })
})
