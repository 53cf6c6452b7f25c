import { loading, loadInto } from '../../../behaviors/loading'
import { wholeList } from '../../../behaviors/paging'
import { send, sure } from '../../../behaviors/sending'
import {
  changeTask,
  closeTask,
  createTask,
  getTask,
  listStations,
  listTaskClaims,
  publishTask,
  withdrawTask,
  type Task,
} from '../../../services/contract/task'
import { getSettings, type Region } from '../../../services/contract/region'
import { repeats, taskStates } from '../../../wording/names'
import { moment } from '../../../wording/time'
import { deskCommunity } from '../desk-community'
import { backTo } from '../desk-place'
import { copyOf, daysOf, draftChangeOf, emptyForm, formFrom, formOf, newTaskOf, publishedChangeOf, type TaskForm } from './task-form'
import { templates, type Template } from './templates'

type Field = keyof TaskForm
type Choice = { value: string; name: string }

const listUrl = '/pages/desk/tasks/index'

const verifies: Choice[] = [
  { value: 'review', name: '做完提交，由书记或队长审核' },
  { value: 'scan', name: '在现场扫码确认' },
]

const asked: { field: 'text' | 'photosBefore' | 'photosAfter'; name: string }[] = [
  { field: 'text', name: '写几句话' },
  { field: 'photosBefore', name: '做之前的照片' },
  { field: 'photosAfter', name: '做完的照片' },
]

const usualWeights = [1, 2, 5]
const weightName = (weight: number): string => (weight === 1 ? '和别的一样' : `是别的${weight}倍`)

Page({
  data: {
    ...loading,
    busy: false,
    id: '',
    community: { id: '', name: '' },
    task: null as null | { state: string; summary: string; counts: string; photos: Task['photos'] },
    isDraft: true,
    isPublished: false,
    isOver: false,
    /** Whether templates are offered, before anything is written. */
    choosing: false,
    stars: [] as Choice[],
    templates: [] as (Template & { about: string })[],
    templateStar: '',
    form: emptyForm(''),
    ...daysOf(emptyForm('')),
    stations: [] as Choice[],
    weights: [] as { value: number; name: string }[],
    repeats: Object.entries(repeats).map(([value, name]) => ({ value, name })),
    verifies,
    asked,
    photosDemanded: true,
    photoIds: [] as string[],
    photosWaiting: 0,
  },

  onLoad({ id = '', region_id = '', station_id = '' }: Record<string, string | undefined>) {
    this.setData({ id, 'community.id': region_id, 'form.stationId': station_id, choosing: !id })
    if (id) void wx.setNavigationBarTitle({ title: '微任务' })
    void this.load()
  },

  load() {
    return loadInto(this, async () => (this.data.id ? this.existing(await getTask(this.data.id)) : this.blank()))
  },
  async blank() {
    const community = await deskCommunity(this.data.community.id)
    const { stationId } = this.data.form
    const form = { ...emptyForm(community.stars?.[0].star ?? ''), stationId }
    return { ...(await this.choices(community)), form, ...daysOf(form) }
  },
  async existing(task: Task) {
    const community = await deskCommunity(task.region_id)
    const claims = task.state === 'draft' ? [] : await wholeList((cursor) => listTaskClaims(task.id, { limit: 100, cursor }))
    const form = formOf(task)
    return {
      ...(await this.choices(community, form.weight)),
      form,
      ...daysOf(form),
      ...shownTask(task, countsText(claims.map(({ state }) => state))),
    }
  },
  async choices(community: Region, weight = 1) {
    const stars = (community.stars ?? []).map(({ star, name }) => ({ value: star, name }))
    const [stations, { photos_demanded }] = await Promise.all([
      wholeList((cursor) => listStations({ region_id: community.id, limit: 100, cursor })),
      getSettings(community.id),
    ])
    return {
      photosDemanded: photos_demanded,
      asked: photos_demanded ? asked : asked.filter(({ field }) => field === 'text'),
      community: { id: community.id, name: community.name },
      stars,
      templates: templatesOf(stars, this.data.templateStar),
      stations: [{ value: '', name: '不挂' }, ...stations.map(({ id, name }) => ({ value: id, name }))],
      weights: [...new Set([...usualWeights, weight])].map((value) => ({ value, name: weightName(value) })),
    }
  },

  chooseTemplateStar(event: WechatMiniprogram.TouchEvent) {
    const tapped = String(event.currentTarget.dataset.value)
    const templateStar = tapped === this.data.templateStar ? '' : tapped
    this.setData({ templateStar, templates: templatesOf(this.data.stars, templateStar) })
  },
  useTemplate(event: WechatMiniprogram.TouchEvent) {
    this.write(formFrom(this.data.templates[Number(event.currentTarget.dataset.index)]))
  },
  writeAnew() {
    this.write(emptyForm(this.data.templateStar || this.data.stars[0].value))
  },
  write(form: TaskForm) {
    this.setData({ choosing: false, form: { ...form, stationId: this.data.form.stationId }, ...daysOf(form) })
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },

  type(event: WechatMiniprogram.Input) {
    this.change(event.currentTarget.dataset.field as Field, event.detail.value)
  },
  pick(event: WechatMiniprogram.TouchEvent) {
    const { field, value } = event.currentTarget.dataset as { field: Field; value: string | number }
    this.change(field, value)
  },
  turn(event: WechatMiniprogram.TouchEvent) {
    const { field } = asked[Number(event.currentTarget.dataset.index)]
    this.change(field, !this.data.form[field])
  },
  change(field: Field, value: string | number | boolean) {
    if (!(field in this.data.form)) return
    this.setData({ [`form.${field}`]: value })
    this.setData(daysOf(this.data.form))
  },
  photosChanged(event: WechatMiniprogram.CustomEvent<{ ids: string[]; waiting: number }>) {
    this.setData({ photoIds: event.detail.ids, photosWaiting: event.detail.waiting })
  },

  async save() {
    const done = this.data.isDraft ? '已存到草稿里' : '已保存'
    if (await send(this, () => this.store(), done)) backTo(listUrl)
  },
  async publish() {
    const { title, capacity, points } = this.data.form
    if (!(await sure('发布这项任务？', `「${title}」招${capacity}人，每人${points}分。发布后居民马上能看到，积分和期限不能再改`, '发布'))) return
    const task = await send(this, async () => publishTask((await this.store()).id), '已发布，居民能看到了')
    if (task) backTo(listUrl)
  },
  /** Saves once: a task that has been made is changed by the next attempt. */
  async store(): Promise<Task> {
    const { id, form, community, photoIds, isPublished } = this.data
    if (id) return changeTask(id, isPublished ? publishedChangeOf(form, photoIds) : draftChangeOf(form, photoIds))
    const task = await createTask(newTaskOf(form, community.id, photoIds))
    this.setData({ id: task.id, photoIds: [] })
    return task
  },
  async close() {
    if (!(await sure('结束认领？', '不再有人能认领；已经认领的人还可以做完', '结束'))) return
    const task = await send(this, () => closeTask(this.data.id), '已结束认领')
    if (task) void this.load()
  },
  async withdraw() {
    if (!(await sure('撤回这项任务？', '居民不再看到它。有人认领以后不能撤回，只能结束', '撤回'))) return
    const task = await send(this, () => withdrawTask(this.data.id), '已撤回')
    if (task) void this.load()
  },
  async writeAgain() {
    await loadInto(this, async () => {
      const form = copyOf(await getTask(this.data.id))
      return { id: '', task: null, isDraft: true, isPublished: false, isOver: false, form, ...daysOf(form), photoIds: [] }
    })
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
})

function shownTask(task: Task, counts: string) {
  const isOver = task.state === 'closed' || task.state === 'withdrawn'
  const until = isOver ? '' : `认领到 ${moment(task.claim_until)}，做完期限 ${moment(task.due_at)}`
  const summary = `${task.points}分，${task.capacity}个名额已领${task.capacity - task.places_left}个。${until}`
  return {
    id: task.id,
    isDraft: task.state === 'draft',
    isPublished: task.state === 'published',
    isOver,
    task: { state: taskStates[task.state], summary, counts, photos: task.photos },
  }
}

function countsText(states: string[]): string {
  const count = (wanted: string) => states.filter((state) => state === wanted).length
  const counts: [string, number][] = [
    ['正在做', count('claimed') + count('returned')],
    ['等审核', count('submitted')],
    ['已通过', count('approved')],
  ]
  return counts.filter(([, number]) => number).map(([name, number]) => `${name}${number}人`).join('，')
}

function templatesOf(stars: Choice[], chosen: string) {
  const known = new Map(stars.map(({ value, name }) => [value, name]))
  return templates
    .filter(({ star }) => known.has(star) && (!chosen || star === chosen))
    .map((template) => ({ ...template, about: `${template.points}分，招${template.capacity}人，${repeats[template.repeat]}` }))
}
