// Asks WeChat's own compilers, wcc and wcsc, whether they accept every template and style sheet.
// usage: node scripts/check-templates.mjs [--src DIR]
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { projectRoot, SourceTree } from './preview/source-tree.mjs'

const { values: options } = parseArgs({ options: { src: { type: 'string', default: path.join(projectRoot, 'src') } } })
const platforms = { linux: 'linux', darwin: 'mac', win32: 'windows' }
const fromSimulate = createRequire(createRequire(import.meta.url).resolve('miniprogram-simulate'))
const compilers = path.join(path.dirname(fromSimulate.resolve('miniprogram-compiler/package.json')), 'bin', platforms[process.platform] ?? 'linux')
const suffix = process.platform === 'win32' ? '.exe' : ''

/** One file at a time, so that a refusal names its file. */
function accepts(compiler, file, tree) {
  const program = path.join(compilers, compiler + suffix)
  if (suffix === '') fs.chmodSync(program, 0o755) // npm unpacks it without the right to run
  const scripts = compiler === 'wcc' ? tree.ownFiles('.wxs') : []
  const named = [file, ...scripts].map((name) => `./${path.relative(tree.root, name)}`)
  const { error, status, stderr } = spawnSync(program, named, { cwd: tree.root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (error) throw error
  // both tell some faults on stderr alone and end with 0 all the same
  if (status === 0 && !stderr.trim()) return true
  console.error(`${path.relative(process.cwd(), file)}: ${compiler}: ${stderr.trim() || 'refused'}`)
  return false
}

const tree = new SourceTree(options.src)
const templates = tree.ownFiles('.wxml')
const styles = tree.ownFiles('.wxss')
const refused = [...templates.filter((file) => !accepts('wcc', file, tree)), ...styles.filter((file) => !accepts('wcsc', file, tree))]
if (refused.length > 0) process.exitCode = 1
else console.log(`wcc accepts ${templates.length} templates, wcsc ${styles.length} style sheets`)
