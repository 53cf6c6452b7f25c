// A real server of a test's own: demo data in a fresh database, simulated WeChat, on a free port of loopback.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const repository = path.resolve(import.meta.dirname, '../../..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'five-star-e2e-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))

/** What prepareServer made for all files that run.mjs runs; a file that runs by itself prepares for itself. */
const preparedVariable = 'FIVESTAR_TEST_PREPARED'
const binaryIn = (prepared) => path.join(prepared, 'server')
const templateIn = (prepared) => path.join(prepared, 'template')

let prepared
let servers = 0

/** Builds the server and fills one database; servers begin with a copy of it. Gives the environment that says so. */
export async function prepareServer() {
  execFileSync('go', ['build', '-o', binaryIn(folder), './server'], { cwd: repository, stdio: 'inherit' })
  const first = await launch(folder, templateIn(folder))
  await first.stop()
  return { [preparedVariable]: folder }
}

async function prepare() {
  return process.env[preparedVariable] ?? (await prepareServer())[preparedVariable]
}

/** Starts a server and gives `{ url, weChat, stop() }`: weChat is the simulated one. */
export async function startServer() {
  prepared ??= prepare()
  const data = path.join(folder, `data-${(servers += 1)}`)
  fs.cpSync(templateIn(await prepared), data, { recursive: true })
  return launch(await prepared, data)
}

async function launch(prepared, data) {
  const process = spawn(binaryIn(prepared), ['serve', '--addr', '127.0.0.1:0', '--data', data], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
  const { url, weChat } = await addressesOf(process)
  await ready(url)
  return {
    url,
    weChat,
    stop: () =>
      new Promise((resolve) => {
        process.once('exit', resolve)
        process.kill('SIGTERM')
      }),
  }
}

/** What the log tells: where the server is, and the simulated WeChat. */
function addressesOf(process) {
  return new Promise((resolve, reject) => {
    let log = ''
    const read = (chunk) => {
      log += chunk
      const weChat = /simulator=(http:\S+)/.exec(log)
      const url = /msg=listening url=(http:\S+)\//.exec(log)
      if (url && weChat) resolve({ url: url[1], weChat: weChat[1] })
    }
    process.stdout.on('data', read)
    process.stderr.on('data', read)
    process.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)))
  })
}

async function ready(url) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} did not become ready`)
}
