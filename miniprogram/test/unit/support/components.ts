import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'
import ts from 'typescript'

const require = createRequire(import.meta.url)
const source = path.resolve(import.meta.dirname, '../../../src')

/** miniprogram-simulate reads JavaScript: what it loads is a copy of src, translated once a run. */
export function translated(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'five-star-components-'))
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  fs.symlinkSync(path.resolve(source, '../node_modules'), path.join(folder, 'node_modules'))
  for (const part of ['components', 'services', 'wording', 'behaviors', 'settings.ts']) copy(part)
  return folder

  function copy(part: string): void {
    const from = path.join(source, part)
    if (fs.statSync(from).isDirectory()) {
      fs.mkdirSync(path.join(folder, part), { recursive: true })
      for (const name of fs.readdirSync(from)) copy(path.join(part, name))
      return
    }
    const to = path.join(folder, part)
    if (!part.endsWith('.ts')) return fs.copyFileSync(from, to)
    const options = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.CommonJS, esModuleInterop: true }
    fs.writeFileSync(to.replace(/\.ts$/, '.js'), ts.transpileModule(fs.readFileSync(from, 'utf8'), { compilerOptions: options }).outputText)
  }
}

interface Rendered {
  dom: HTMLElement
  instance: { data: Record<string, unknown> }
  querySelector(selector: string): Rendered | undefined
  querySelectorAll(selector: string): Rendered[]
  attach(parent: Node): void
  setData(data: object): void
  addEventListener(name: string, listener: (event: { detail: unknown }) => void): void
  dispatchEvent(name: string): void
}

/** Renders one component of src with these properties, as it stands in a page. */
export function render(folder: string, name: string, properties: object): Rendered {
  const simulate = require('miniprogram-simulate') as {
    load(path: string, options: object): string
    render(id: string, properties: object): Rendered
  }
  const id = simulate.load(path.join(folder, 'components', name, 'index'), { rootPath: folder })
  const component = simulate.render(id, properties)
  component.attach(document.createElement('div'))
  return component
}

export const words = (component: Rendered): string => (component.dom.textContent ?? '').replace(/\s+/g, ' ').trim()
