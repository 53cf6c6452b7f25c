import { loadInto, loading } from '../../../behaviors/loading'
import { checkCertificate } from '../../../services/contract/figures'
import { toCheck, type CheckView } from '../certificate-view'

/** What anyone may know of a certificate whose code they scanned. */
Page({
  data: { ...loading, number: '', check: { verdict: '', isGood: false, lines: [] } as CheckView },
  onLoad({ number = '' }: Record<string, string | undefined>) {
    this.setData({ number })
    void this.load()
  },
  load() {
    return loadInto(this, async () => ({ check: toCheck(await checkCertificate(this.data.number)) }))
  },
})
