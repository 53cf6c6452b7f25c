// Fills src/miniprogram_npm from node_modules as WeChat DevTools' "build npm" does: for every dependency of
// package.json its miniprogram folder, or its main file as index.js when it has none. Of a package's components it
// copies those that the mini-program uses: all of TDesign would fill the main package, which WeChat limits to 2 MB.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import * as esbuild from 'esbuild'
import { packageFolder, projectRoot, SourceTree, splitPackagePath } from './preview/source-tree.mjs'

const target = path.join(projectRoot, 'src/miniprogram_npm')
const { dependencies } = JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))
const tree = new SourceTree(path.join(projectRoot, 'src'))

fs.rmSync(target, { recursive: true, force: true })
for (const name of Object.keys(dependencies)) {
  if (fs.existsSync(packageFolder(name))) copyComponents(name)
  else await packMainFile(name)
}

function copyComponents(name) {
  const source = packageFolder(name)
  const used = usedComponents(name)
  const left = componentFolders(source).filter((folder) => !used.has(folder))
  const leftOut = [...left, 'index.js'] // the index reads every component
  const isCopied = (file) => !file.endsWith('.d.ts') && !leftOut.includes(path.relative(source, file))
  fs.cpSync(source, path.join(target, name), { recursive: true, filter: isCopied })
}

/** Folders that hold a component; the others are what components share. */
function componentFolders(source) {
  const holdsComponent = (folder) => fs.existsSync(path.join(source, folder, `${folder}.wxml`))
  return fs.readdirSync(source).filter(holdsComponent)
}

/** The components used, and those whose scripts or templates they read. */
function usedComponents(name) {
  const used = new Set()
  const use = (folder) => {
    if (used.has(folder)) return
    used.add(folder)
    for (const neighbour of neighboursOf(path.join(packageFolder(name), folder))) use(neighbour)
  }
  for (const component of tree.components.keys()) {
    const [holder, rest] = splitPackagePath(component.replace('miniprogram_npm/', ''))
    if (holder === name) use(rest.split('/')[0])
  }
  return used
}

function neighboursOf(folder) {
  if (!fs.existsSync(folder)) return []
  const sources = fs.readdirSync(folder, { recursive: true }).filter((file) => /\.(js|wxml|wxss|wxs|json)$/.test(file))
  const text = sources.map((file) => fs.readFileSync(path.join(folder, file), 'utf8')).join('\n')
  return [...text.matchAll(/["'(]\.\.\/([a-z-]+)\//g)].map(([, neighbour]) => neighbour)
}

/** DevTools packs the main file together with what it requires. */
async function packMainFile(name) {
  const main = createRequire(path.join(projectRoot, 'package.json')).resolve(name)
  await esbuild.build({ entryPoints: [main], outfile: path.join(target, name, 'index.js'), bundle: true, format: 'cjs', target: 'es2017', logLevel: 'warning' })
}
