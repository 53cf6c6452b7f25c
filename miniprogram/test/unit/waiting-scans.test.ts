import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isLogin, Phone, soon, type Reply, type Request } from './support/phone'

type Service = typeof import('../../src/services/waiting-scans')
type SentScan = { scan_id: string; token: string; kind: string; at: string }

let service: Service
let helping: typeof import('../../src/services/helping')

/** Closes the mini-program and opens it again: nothing is left but what the phone's storage holds. */
async function reopen() {
  vi.resetModules()
  service = await import('../../src/services/waiting-scans')
  helping = await import('../../src/services/helping')
}

beforeEach(reopen)

/** Knows a scan that it has seen, as the server does, and refuses cards that begin with `bad`. */
class Server {
  readonly firstOutcomes = new Map<string, string>()
  recorded = 0

  take(request: Request): Reply {
    const { scans } = request.data as { scans: SentScan[] }
    return { status: 200, data: { results: scans.map((scan) => this.takeOne(scan)) } }
  }

  private takeOne({ scan_id, token }: SentScan) {
    const first_outcome = this.firstOutcomes.get(scan_id)
    const refusal = { code: 'card.refused', detail: '这张卡已经挂失' }
    if (first_outcome) return { scan_id, outcome: 'duplicate', first_outcome, code: first_outcome === 'refused' ? refusal.code : undefined }
    const isBad = token.startsWith('bad')
    this.firstOutcomes.set(scan_id, isBad ? 'refused' : 'recorded')
    if (isBad) return { scan_id, outcome: 'refused', person_name: '赵示例', ...refusal }
    this.recorded += 1
    return { scan_id, outcome: 'recorded', person_name: '孙样例' }
  }
}

/** A phone whose uploads reach the server; `answers` says whether each answer comes back. */
function leadersPhone(server: Server, answers: (upload: number) => boolean = () => true): Phone {
  let uploads = 0
  return new Phone((request) => {
    if (isLogin(request)) return { status: 201, data: { token: 'token' } }
    const reply = server.take(request)
    return answers((uploads += 1)) ? reply : 'lost'
  })
}

const scansOf = (request: Request): SentScan[] => (request.data as { scans: SentScan[] }).scans
const keep = (count: number, prefix = 'card') =>
  Array.from({ length: count }, (_, index) => service.keepScan('act', `${prefix}${index}`, 'in'))

describe('what is scanned', () => {
  test('is kept when the mini-program is closed, and sent after it is opened again', async () => {
    const server = new Server()
    const phone = leadersPhone(server)
    phone.setOnline(false)
    const kept = keep(3)
    expect(phone.requests).toHaveLength(0)

    await reopen()
    expect(service.waitingScans('act').map(({ scan_id }) => scan_id)).toEqual(kept.map(({ scan_id }) => scan_id))
    phone.setOnline(true)
    await service.sendAllWaiting()
    expect(server.recorded).toBe(3)
    expect(scansOf(phone.calls[0])).toEqual(kept.map(({ scan_id, token, kind, at }) => ({ scan_id, token, kind, at })))
    expect(service.waitingScans('act')).toEqual([])
    expect([...phone.storage.keys()].filter((key) => key.startsWith('scans'))).toEqual([])
  })

  test('is sent when the signal comes back', async () => {
    const server = new Server()
    const phone = leadersPhone(server)
    phone.isOnline = false
    service.sendWhenOnline()
    keep(10)
    await service.sendAllWaiting()
    expect(phone.requests).toHaveLength(0)
    phone.setOnline(true)
    await vi.waitFor(() => expect(service.waitingScans('act')).toEqual([]))
    expect(server.recorded).toBe(10)
  })

  test('bears ids of its own, also the same card twice', () => {
    leadersPhone(new Server())
    const ids = [...keep(50), ...keep(50)].map(({ scan_id }) => scan_id)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  })

  test('goes on waiting while nothing is answered, and counts once when it is sent again', async () => {
    const server = new Server()
    const phone = leadersPhone(server, (upload) => upload > 3) // the server gets all of them, the phone no answer
    const [first] = keep(2)
    await expect(soon(() => service.sendWaiting('act'))).rejects.toMatchObject({ code: 'network.lost' })
    expect(server.recorded).toBe(2)
    expect(service.waitingScans('act')).toHaveLength(2)

    await reopen()
    service.keepScan('act', 'card2', 'in')
    const results = await service.sendWaiting('act')
    expect(results[0]).toMatchObject({ scan_id: first.scan_id, outcome: 'duplicate', first_outcome: 'recorded' })
    expect(server.recorded).toBe(3)
    expect(service.waitingScans('act')).toEqual([])
    expect(service.refusedScans('act')).toEqual([])
    expect(phone.calls).toHaveLength(4)
  })

  test('goes on waiting when the server fails', async () => {
    new Phone((request) => (isLogin(request) ? { status: 201, data: { token: 'token' } } : { status: 500, data: { code: 'internal', detail: '出错了' } }))
    keep(2)
    await expect(service.sendWaiting('act')).rejects.toMatchObject({ status: 500 })
    expect(service.waitingScans('act')).toHaveLength(2)
  })

  test('goes on waiting when the answer does not name it', async () => {
    const phone = new Phone((request) => (isLogin(request) ? { status: 201, data: { token: 'token' } } : { status: 200, data: { results: [] } }))
    keep(2)
    await expect(service.sendWaiting('act')).rejects.toMatchObject({ code: 'server.unreachable' })
    expect(service.waitingScans('act')).toHaveLength(2)
    expect(phone.calls).toHaveLength(1)
  })
})

describe('what the server refuses', () => {
  test('is shown with its reason and its name, and the others are taken', async () => {
    const server = new Server()
    leadersPhone(server)
    keep(2)
    const [refused] = keep(1, 'bad')
    keep(2)
    await service.sendWaiting('act')
    expect(server.recorded).toBe(4)
    expect(service.waitingScans('act')).toEqual([])
    expect(service.refusedScans('act')).toEqual([{ ...refused, refusal: '这张卡已经挂失', name: '赵示例' }])
  })

  test('is not sent again, outlives a restart, and goes when the leader has read it', async () => {
    const phone = leadersPhone(new Server())
    const [refused] = keep(1, 'bad')
    await service.sendWaiting('act')
    await reopen()
    await service.sendAllWaiting()
    expect(phone.calls).toHaveLength(1)
    service.dropRefused('act', refused.scan_id)
    expect(service.refusedScans('act')).toEqual([])
  })

  test('is told also when the first answer was lost', async () => {
    leadersPhone(new Server(), (upload) => upload > 3)
    keep(1, 'bad')
    await expect(soon(() => service.sendWaiting('act'))).rejects.toMatchObject({ code: 'network.lost' })
    await reopen()
    await service.sendWaiting('act')
    expect(service.refusedScans('act')).toMatchObject([{ refusal: '这张卡不能使用，可能已经挂失' }])
  })

  test('leaves what waits alone when it is dropped', () => {
    leadersPhone(new Server())
    const [waiting] = keep(1)
    service.dropRefused('act', waiting.scan_id)
    expect(service.waitingScans('act')).toHaveLength(1)
  })
})

describe('an upload', () => {
  test('carries at most 500: 1,200 scans go in three calls', async () => {
    const server = new Server()
    const phone = leadersPhone(server)
    keep(1200)
    const results = await service.sendWaiting('act')
    expect(phone.calls.map((request) => scansOf(request).length)).toEqual([500, 500, 200])
    expect(results).toHaveLength(1200)
    expect(server.recorded).toBe(1200)
    expect(service.waitingScans('act')).toEqual([])
  })

  test('that fails in the middle leaves only what was not answered', async () => {
    const server = new Server()
    leadersPhone(server, (upload) => upload === 1 || upload > 4)
    keep(1200)
    await expect(soon(() => service.sendWaiting('act'))).rejects.toMatchObject({ code: 'network.lost' })
    expect(service.waitingScans('act')).toHaveLength(700)
    await service.sendWaiting('act')
    expect(server.recorded).toBe(1200)
  })

  test('asked for twice at once is one, and both get its results', async () => {
    const server = new Server()
    const phone = leadersPhone(server)
    keep(5)
    const [first, second] = await Promise.all([service.sendWaiting('act'), service.sendWaiting('act'), service.sendAllWaiting()])
    expect(phone.calls).toHaveLength(1)
    expect(second).toEqual(first)
    expect(server.recorded).toBe(5)
  })

  test('takes along what is scanned while it is under way', async () => {
    const server = new Server()
    const phone = leadersPhone(server)
    keep(2)
    const sending = service.sendWaiting('act')
    const late = service.keepScan('act', 'late', 'in')
    const results = await service.sendWaiting('act')
    expect(results.map(({ scan_id }) => scan_id)).toContain(late.scan_id)
    await sending
    expect(server.recorded).toBe(3)
    expect(phone.calls.flatMap(scansOf)).toHaveLength(3)
  })

  test('is one activity’s own', async () => {
    const phone = leadersPhone(new Server())
    keep(1)
    service.keepScan('other', 'card', 'out')
    await service.sendWaiting('act')
    expect(phone.calls.map(({ url }) => url)).toEqual([expect.stringContaining('/activities/act/scans')])
    expect(service.waitingScans('other')).toHaveLength(1)
  })

  test('is never made in the name of a card’s person', async () => {
    const phone = leadersPhone(new Server())
    keep(1)
    helping.startHelping({ name: '孙样例', cardToken: 'token' })
    await service.sendAllWaiting()
    await expect(service.sendWaiting('act')).rejects.toMatchObject({ code: 'scans.helping' })
    expect(phone.requests).toHaveLength(0)
    expect(service.waitingScans('act')).toHaveLength(1)
  })
})

test('a scan bears the server’s time where the phone’s clock is wrong', async () => {
  const hour = 60 * 60 * 1000
  const date = new Date(Date.now() + hour).toUTCString()
  new Phone((request) => (isLogin(request) ? { status: 201, data: { token: 'token' } } : { status: 200, data: { results: [] }, header: { Date: date } }))
  keep(1)
  await expect(service.sendWaiting('act')).rejects.toBeDefined() // any answer tells the time
  const { at } = service.keepScan('act', 'card', 'in')
  expect(Math.abs(Date.parse(at) - Date.now() - hour)).toBeLessThan(5000)
  await reopen()
  expect(Math.abs(Date.parse(service.keepScan('act', 'card', 'in').at) - Date.now() - hour)).toBeLessThan(5000)
})
