import { expect, test, vi } from 'vitest'
import { Phone } from './support/phone'

test('an update that has come does not end what a person is writing: it is there at the next start', async () => {
  let app: { onLaunch(): void } | undefined
  const applyUpdate = vi.fn()
  new Phone(() => 'lost')
  vi.stubGlobal('App', (definition: typeof app) => (app = definition))
  Object.assign(wx, { getUpdateManager: () => ({ onUpdateReady: (tell: () => void) => tell(), applyUpdate }) })
  await import('../../src/app')
  app?.onLaunch()
  expect(app).toBeDefined()
  expect(applyUpdate).not.toHaveBeenCalled()
})
