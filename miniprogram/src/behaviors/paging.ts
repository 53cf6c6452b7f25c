import { sentenceOf } from '../services/api-error'
import type { Page } from '../services/call'

/** A list that grows as the person scrolls. */
export interface Paged<Item> {
  items: Item[]
  /** '' when there is no more. */
  cursor: string
}

export const firstPage = <Item, Row>(page: Page<Item>, toRow: (item: Item) => Row): Paged<Row> => ({
  items: page.items.map(toRow),
  cursor: page.next_cursor ?? '',
})

/** All pages of a list that is short by nature, or has to be whole to be put in order. */
export async function wholeList<Item>(load: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await load(cursor)
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return items
}

interface Growing<Row> {
  data: Paged<Row>
  setData(data: object): void
}

/** Adds the next page, once at a time. A failure is told; scrolling on tries again. */
export async function growBy<Item, Row>(
  list: Growing<Row>,
  load: (cursor: string) => Promise<Page<Item>>,
  toRow: (item: Item) => Row,
): Promise<void> {
  const { cursor } = list.data
  if (!cursor || growing.has(list)) return
  growing.add(list)
  try {
    const next = await load(cursor)
    if (list.data.cursor !== cursor) return // the list was loaded anew meanwhile
    list.setData({ items: [...list.data.items, ...next.items.map(toRow)], cursor: next.next_cursor ?? '' })
  } catch (error) {
    void wx.showToast({ title: sentenceOf(error), icon: 'none', duration: 3000 })
  } finally {
    growing.delete(list)
  }
}

const growing = new WeakSet<object>()
