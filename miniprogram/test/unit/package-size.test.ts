import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const project = path.resolve(import.meta.dirname, '../..')
const source = path.join(project, 'src')
const { subPackages } = JSON.parse(fs.readFileSync(path.join(source, 'app.json'), 'utf8')) as { subPackages: { root: string; pages: string[] }[] }

/** Bytes of what WeChat uploads, before it makes it smaller. */
function bytesOf(folder: string, isLeftOut: (file: string) => boolean = () => false): number {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).filter((file) => !file.endsWith('.d.ts') && !isLeftOut(file))
  return paths.reduce((sum, file) => sum + fs.statSync(file).size, 0)
}

test('the main package is under 1.5 MB, and so is each other', () => {
  execFileSync('node', ['scripts/copy-npm.mjs'], { cwd: project })
  const isInSubpackage = (file: string) => subPackages.some(({ root }) => file.startsWith(path.join(source, root) + path.sep))
  const largest = 1.5 * 1024 * 1024
  expect(bytesOf(source, isInSubpackage)).toBeLessThan(largest)
  for (const { root } of subPackages) expect(bytesOf(path.join(source, root))).toBeLessThan(largest)
})

test('every page has its files in the package that app.json names', () => {
  for (const { root, pages } of subPackages) {
    for (const page of pages) {
      for (const suffix of ['.ts', '.wxml', '.json']) expect(fs.existsSync(path.join(source, root, page + suffix)), `${root}/${page}${suffix}`).toBe(true)
    }
  }
})
