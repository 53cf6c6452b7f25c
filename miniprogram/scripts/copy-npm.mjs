// Fills src/miniprogram_npm from node_modules as WeChat DevTools' "build npm" does: for every dependency of
// package.json its miniprogram folder, or its main file as index.js when it has none.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import * as esbuild from 'esbuild'
import { projectRoot } from './preview/source-tree.mjs'

const target = path.join(projectRoot, 'src/miniprogram_npm')
const { dependencies } = JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))

fs.rmSync(target, { recursive: true, force: true })
for (const name of Object.keys(dependencies)) await copyPackage(name)

async function copyPackage(name) {
  const source = path.join(projectRoot, 'node_modules', name)
  const manifest = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'))
  const folder = path.join(source, manifest.miniprogram ?? 'miniprogram_dist')
  if (fs.existsSync(folder)) {
    fs.cpSync(folder, path.join(target, name), { recursive: true, filter: (file) => !file.endsWith('.d.ts') })
    return
  }
  // DevTools packs the main file together with what it requires
  const main = createRequire(path.join(projectRoot, 'package.json')).resolve(name)
  await esbuild.build({ entryPoints: [main], outfile: path.join(target, name, 'index.js'), bundle: true, format: 'cjs', target: 'es2017', logLevel: 'warning' })
}
