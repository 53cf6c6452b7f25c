// Writes src/typings/contract.d.ts and one module a room in src/services/contract/, from the server's own
// description of itself: a call that the server does not have cannot be written in a page.
//   node scripts/generate-services.mjs           writes
//   node scripts/generate-services.mjs --check   fails if what is written is not current
import fs from 'node:fs'
import path from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

const root = path.resolve(import.meta.dirname, '..')
const openapiFile = path.join(root, '../server/openapi.json')
const contract = JSON.parse(fs.readFileSync(openapiFile, 'utf8'))

// The last of these words in a path tells whose call it is: /regions/{id}/points is the room points'.
const rooms = {
  home: ['home'],
  task: ['tasks', 'claims', 'stations'],
  team: ['teams', 'activities', 'whistles'],
  ticket: ['tickets'],
  points: ['points', 'points.xlsx', 'leaderboard'],
  figures: ['bulletin', 'bulletins', 'bulletin.xlsx', 'bulletin.html', 'calendar', 'certificates', 'open'],
  reward: ['rewards', 'redemptions', 'redemptions.xlsx'],
  notice: ['notices', 'notice-templates', 'notice-consents'],
  content: ['content-checks'],
  roster: ['roster', 'households'],
  file: ['files'], // all of it in services/files.ts
  person: ['people', 'me', 'sessions'],
  region: ['regions', 'organisations', 'services', 'role-grants', 'settings'],
  oversight: ['odd-cases', 'spot-checks'],
}
const header = '/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */\n'

function roomOf(pathname) {
  for (const word of pathname.split('/').reverse()) {
    const room = Object.keys(rooms).find((name) => rooms[name].includes(word))
    if (room) return room
  }
  throw new Error(`no room has ${pathname}`)
}

const schemaName = (ref) => ref.replace('#/components/schemas/', '')

function typeOf(schema) {
  if (schema.$ref) return alias(schemaName(schema.$ref))
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ')
  return { integer: 'number', number: 'number', boolean: 'boolean', string: 'string' }[schema.type] ?? 'unknown'
}

/** TeamActivity is Activity to the room team; TeamPageActivity is Page<Activity>. */
const roomPrefix = /^(Home|Task|Team|Ticket|Points|Reward|Notice|Content|File|Person|Region|Roster|Audit|Figures|Oversight)(?=[A-Z])/
const pagePattern = /^(?:Task|Team|Ticket|Points|Reward|Notice|Content|File|Person|Region|Roster|Audit|Figures|Oversight)?Page([A-Z]\w*)$/
let used = new Map()
function alias(name) {
  const page = pagePattern.exec(name)
  if (page) {
    const item = contract.components.schemas[name].properties.items.items
    return `Page<${alias(schemaName(item.$ref))}>`
  }
  const short = name.replace(roomPrefix, '')
  used.set(short, name)
  return short
}

function operation(pathname, method, op) {
  const parameters = (op.parameters ?? []).map((p) => (p.$ref ? contract.components.parameters[p.$ref.split('/').pop()] : p))
  const inPath = parameters.filter((p) => p.in === 'path')
  const inQuery = parameters.filter((p) => p.in === 'query')
  const body = op.requestBody?.content?.['application/json']?.schema
  const success = Object.entries(op.responses).find(([status]) => status.startsWith('2'))[1]
  const answer = success.content?.['application/json']?.schema
  const url = pathname.replace('/api/v1', '').replace(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${camel(name)})}`)
  const args = inPath.map((p) => `${camel(p.name)}: string`)
  if (body) args.push(`body: ${typeOf(body)}`)
  if (inQuery.length) {
    const fields = inQuery.map((p) => `${p.name}${p.required ? '' : '?'}: ${typeOf(p.schema)}`).join('; ')
    args.push(`query: { ${fields} }${inQuery.some((p) => p.required) ? '' : ' = {}'}`)
  }
  const parts = [`'${method.toUpperCase()}'`, url.includes('$') ? `\`${url}\`` : `'${url}'`]
  const rest = [body && 'body', inQuery.length && 'query'].filter(Boolean)
  if (rest.length) parts.push(`{ ${rest.join(', ')} }`)
  const result = answer ? typeOf(answer) : 'void'
  return `/** ${op.summary ?? op.operationId} */\nexport const ${op.operationId} = (${args.join(', ')}) =>\n  call<${result}>(${parts.join(', ')})\n`
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())

/** Pictures, tables and printed pages are fetched as files (services/files.ts), not called. */
const isCall = (op) => {
  const success = Object.entries(op.responses).find(([status]) => status.startsWith('2'))[1]
  const answer = success.content?.['application/json']?.schema
  return (!success.content || (answer && answer.type !== 'string')) && !op.requestBody?.content?.['multipart/form-data']
}

function serviceFiles() {
  const texts = {}
  for (const room of Object.keys(rooms)) {
    used = new Map()
    const calls = []
    for (const [pathname, methods] of Object.entries(contract.paths)) {
      for (const [method, op] of Object.entries(methods)) {
        if (roomOf(pathname) === room && isCall(op)) calls.push(operation(pathname, method, op))
      }
    }
    if (!calls.length) continue
    const text = calls.join('\n')
    const aliases = [...used].sort().map(([short, name]) => `export type ${short} = Schemas['${name}']`)
    const names = text.includes('Page<') ? 'call, type Page' : 'call'
    texts[`src/services/contract/${room}.ts`] =
      `${header}import type { components } from '../../typings/contract'\nimport { ${names} } from '../call'\n\n` +
      `type Schemas = components['schemas']\n${aliases.join('\n')}\n\n${text}`
  }
  return texts
}

const files = {
  'src/typings/contract.d.ts': header + astToString(await openapiTS(contract)),
  ...serviceFiles(),
}
const stale = Object.entries(files).filter(([file, text]) => {
  const whole = path.join(root, file)
  return !fs.existsSync(whole) || fs.readFileSync(whole, 'utf8') !== text
})
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is not current: run make generate`)
  process.exit(stale.length ? 1 : 0)
}
for (const [file, text] of stale) {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), text)
}
