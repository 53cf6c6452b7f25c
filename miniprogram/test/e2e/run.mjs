// Tells the stories of the files given: with one server built and one database filled for all of them.
// usage: node test/e2e/run.mjs FILE... (options of node --test may stand before the files)
import { spawnSync } from 'node:child_process'
import { prepareServer } from './server.mjs'

const prepared = await prepareServer()
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...prepared },
})
process.exitCode = status ?? 1
