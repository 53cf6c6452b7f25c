import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { packageFolder } from './source-tree.mjs'

const collection = createRequire(import.meta.url)('@iconify-json/tdesign/icons.json')

/** TDesign's icons as inlined SVG; only those whose names occur in the sources, for there are 2,352 of them. */
export class Icons {
  #names

  constructor(tree) {
    this.#names = new Set()
    const folders = new Set([...tree.components.keys()].filter((component) => !component.endsWith('/icon/icon')).map((component) => path.dirname(tree.fileOf(component))))
    for (const folder of folders) this.#noteWords(filesOf(folder))
    for (const suffix of ['.ts', '.wxml', '.wxs']) this.#noteWords(tree.ownFiles(suffix))
    this.#noteWords([path.join(packageFolder('tdesign-miniprogram'), 'common/template/icon.wxml')])
  }

  /** Fills the rule of an icon's class with its picture; false for an icon that nobody uses. */
  draw(rule, name) {
    const icon = collection.icons[name]
    if (!icon || !this.#names.has(name)) return false
    const body = icon.body.replaceAll('currentColor', '#000')
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${collection.width} ${collection.height}">${body}</svg>`
    const mask = `url("data:image/svg+xml,${encodeURIComponent(svg)}") center/contain no-repeat`
    rule.removeAll()
    rule.append(`content:'';display:inline-block;width:1em;height:1em;vertical-align:top;background:currentColor;-webkit-mask:${mask};mask:${mask}`)
    return true
  }

  #noteWords(files) {
    for (const file of files) {
      for (const [word] of fs.readFileSync(file, 'utf8').matchAll(/[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g)) this.#names.add(word)
    }
  }
}

function filesOf(folder) {
  return fs.readdirSync(folder)
    .filter((name) => /\.(wxml|js|ts|json|wxs)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name))
}
