import { codeOnShow, noCode, showCode } from '../../../behaviors/code-on-show'
import { loadInto, loading } from '../../../behaviors/loading'
import { getPersonalCode } from '../../../services/contract/person'
import { me } from '../../../services/me'

Page({
  data: { ...loading, ...noCode, name: '' },
  endShow: () => {},

  onShow() {
    this.endShow = showCode(this, async () => codeOnShow(await getPersonalCode()))
    void this.load()
  },
  onHide() {
    this.endShow()
  },
  onUnload() {
    this.endShow()
  },
  load() {
    return loadInto(this, async () => {
      const [{ name }, code] = await Promise.all([me(), getPersonalCode()])
      return { name, ...codeOnShow(code) }
    })
  },
})
