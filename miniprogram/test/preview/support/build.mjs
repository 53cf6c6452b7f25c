import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

const root = path.resolve(import.meta.dirname, '../../..')
export const fixture = path.join(root, 'test/preview/fixture')

export function runBuild(src, out, ...more) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/build-preview.mjs'), '--src', src, '--out', out, ...more], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

export function temporaryFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'preview-test-'))
}

/** The fixture, built; the folder must be removed. */
export function buildFixture() {
  const out = temporaryFolder()
  const { status, stderr } = runBuild(fixture, out)
  if (status !== 0) throw new Error(stderr)
  return out
}
