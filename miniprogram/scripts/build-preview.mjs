// Builds the browser preview of a mini-program: templates by WeChat's glass-easel, styles by postcss, scripts by esbuild.
// usage: node scripts/build-preview.mjs [--src DIR] [--out DIR] [--skip-missing-pages] [--development] [--watch]
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleProgram } from './preview/bundle.mjs'
import { checkTemplatesAreSupported } from './preview/check-wxml.mjs'
import { checkWxCallsAreOffered } from './preview/check-wx-calls.mjs'
import { compileStyle } from './preview/compile-styles.mjs'
import { compileTemplates } from './preview/compile-templates.mjs'
import { BuildFailed, Problems } from './preview/problems.mjs'
import { projectRoot, SourceTree } from './preview/source-tree.mjs'
import { Icons } from './preview/tdesign-icons.mjs'

const assets = /\.(png|jpe?g|gif|webp|svg|mp3|m4a|aac|wav)$/i

const { values: options } = parseArgs({
  options: {
    src: { type: 'string', default: path.join(projectRoot, 'src') },
    out: { type: 'string', default: path.join(projectRoot, 'dist/preview') },
    'skip-missing-pages': { type: 'boolean', default: false },
    development: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
})

async function build() {
  const started = Date.now()
  const tree = new SourceTree(options.src)
  const problems = new Problems()
  if (!options['skip-missing-pages']) {
    for (const page of tree.missingPages) problems.add(path.join(tree.root, 'app.json'), 1, `the page ${page} is not there`)
  }
  checkTemplatesAreSupported(tree, problems)
  checkWxCallsAreOffered(tree, problems)
  const icons = new Icons(tree)
  const program = {
    templates: compileTemplates(tree, problems),
    appStyle: compileStyle(tree, path.join(tree.root, 'app.wxss'), undefined, icons, problems),
    components: [...tree.components.values()].map((component, index) => withStyle(tree, component, index, icons, problems)),
  }
  problems.throwIfAny()
  fs.rmSync(options.out, { recursive: true, force: true })
  fs.mkdirSync(options.out, { recursive: true })
  await bundleProgram(tree, program, options.out, options.development)
  copyFiles(tree)
  const size = Math.round(fs.statSync(path.join(options.out, 'app.js')).size / 1024)
  console.log(`preview: ${tree.pages.length} pages, ${tree.components.size - tree.pages.length} components, ${size} KiB, ${Date.now() - started} ms`)
}

function withStyle(tree, component, index, icons, problems) {
  const { config } = component
  const isolation = config.styleIsolation
  const isScoped = isolation ? !/shared$/.test(isolation) || /apply-shared$/.test(isolation) : config.component === true
  const scope = isScoped ? `c${index.toString(36)}` : undefined
  const style = compileStyle(tree, tree.fileOf(component.path) + '.wxss', scope, icons, problems)
  return { ...component, scope, style, script: tree.scriptOf(component.path) }
}

function copyFiles(tree) {
  fs.copyFileSync(path.join(projectRoot, 'preview/index.html'), path.join(options.out, 'index.html'))
  for (const file of tree.ownFiles('')) {
    if (!assets.test(file)) continue
    const target = path.join(options.out, path.relative(tree.root, file))
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.copyFileSync(file, target)
  }
}

async function buildAndTell() {
  try {
    await build()
  } catch (error) {
    console.error(error instanceof BuildFailed ? error.message : error)
    process.exitCode = 1
  }
}

await buildAndTell()
if (options.watch) {
  let pending
  for (const folder of [options.src, path.join(projectRoot, 'preview')]) {
    fs.watch(folder, { recursive: true }, () => {
      clearTimeout(pending)
      pending = setTimeout(buildAndTell, 100)
    })
  }
}
