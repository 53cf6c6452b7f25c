import { loadInto, loading } from '../../../behaviors/loading'
import { firstPage, growBy } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import { createRegion } from '../../../services/contract/region'
import { importRosterPreview, listRosterImports, listRosterPreviewRows, undoRosterImport, type Preview } from '../../../services/contract/roster'
import { previewRoster } from '../../../services/files'
import { deskCommunity } from '../desk-community'
import { choicesOf, faultNote, leftLines, previewNotes, toImport, toRow, type Choice, type ImportRow, type Outcome, type RosterRow } from './roster-view'

interface ChosenFile {
  path: string
  name: string
}

Page({
  data: {
    ...loading,
    busy: false,
    place: { id: '', name: '' },
    file: { path: '', name: '' } as ChosenFile,
    preview: null as Preview | null,
    notes: [] as string[],
    faultNote: '',
    /** How many people an import would touch. */
    touched: 0,
    choices: [] as Choice[],
    which: '' as Outcome | '',
    items: [] as RosterRow[],
    cursor: '',
    imports: [] as ImportRow[],
    /** What the last undo left. */
    left: [] as string[],
  },
  onLoad({ region_id = '' }: Record<string, string | undefined>) {
    this.setData({ 'place.id': region_id })
  },
  onShow() {
    if (!this.data.preview) void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    return loadInto(this, async () => {
      const { id, name } = await deskCommunity(this.data.place.id)
      const { items } = await listRosterImports(id)
      return { place: { id, name }, imports: items.map((one) => toImport(one)) }
    })
  },
  onReachBottom() {
    void growBy(this, (cursor) => this.rows(cursor), toRow)
  },
  rows(cursor?: string) {
    return listRosterPreviewRows(this.data.preview?.id ?? '', { outcome: this.data.which || undefined, cursor })
  },

  /** The phone's own chats are where files come from; who leaves the list has chosen nothing. */
  async choose() {
    const chosen = await wx.chooseMessageFile({ count: 1, type: 'file', extension: ['csv', 'xlsx', 'txt'] }).catch(() => undefined)
    const file = chosen?.tempFiles[0]
    if (file) await this.look({ path: file.path, name: file.name })
  },
  async look(file: ChosenFile) {
    const preview = await send(this, () => previewRoster(this.data.place.id, file.path, file.name))
    if (!preview) return
    const choices = choicesOf(preview)
    this.setData({
      file,
      preview,
      choices,
      which: choices[0]?.code ?? '',
      notes: previewNotes(preview),
      faultNote: faultNote(preview),
      touched: preview.created + preview.updated,
      items: [],
      cursor: '',
      left: [],
    })
    await this.showRows()
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
  pick(event: WechatMiniprogram.TouchEvent) {
    this.setData({ which: event.currentTarget.dataset.code as Outcome })
    void this.showRows()
  },
  async showRows() {
    await loadInto(this, async () => firstPage(await this.rows(), toRow))
  },
  async makeGrids() {
    const { preview, place, file } = this.data
    const names = preview?.unknown_grids ?? []
    if (!(await sure('建立这些网格？', names.join('、'), '建立'))) return
    const made = await send(this, async () => {
      for (const name of names) await createRegion({ parent_id: place.id, kind: 'grid', name })
      return true
    })
    if (made) await this.look(file)
  },
  async bring() {
    const { preview, touched } = this.data
    if (!preview) return
    const skipped = preview.faults ? `，有问题的${preview.faults}行不导入` : ''
    if (!(await sure('导入这份名单？', `新增${preview.created}人，更新${preview.updated}人${skipped}。24小时内可以撤销。`, '导入'))) return
    const imported = await send(this, () => importRosterPreview(preview.id, { skip_faults: preview.faults > 0 }), `导入好了，${touched}人`)
    if (imported) this.leave()
  },
  leave() {
    this.setData({ preview: null, items: [], cursor: '' })
    void this.load()
  },
  async undo(event: WechatMiniprogram.TouchEvent) {
    const one = this.data.imports.find(({ id }) => id === event.currentTarget.dataset.id)
    if (!one || !(await sure('撤销这次导入？', '这次新增和更新的人回到原样。导入以后本人登录过、有了积分的，不动，会告诉您是谁。', '撤销'))) return
    const undone = await send(this, () => undoRosterImport(one.id), '已撤销')
    if (!undone) return
    this.setData({ left: leftLines(undone) })
    void this.load()
  },
})
