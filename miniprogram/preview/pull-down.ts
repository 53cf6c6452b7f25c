import type { OpenPage } from './open-page'

const pullDistance = 60 // pixels

/** Pulling a page down at its top asks it for a refresh, if its configuration allows it. */
export function startPullDown(view: HTMLElement, topPage: () => OpenPage | undefined): void {
  let startedAt: number | undefined
  const begin = (clientY: number) => {
    const page = topPage()
    const mayPull = page?.config.enablePullDownRefresh === true && page.element.scrollTop <= 0
    startedAt = mayPull ? clientY : undefined
  }
  const move = (clientY: number) => {
    if (startedAt === undefined || clientY - startedAt < pullDistance) return
    startedAt = undefined
    refresh(topPage())
  }
  view.addEventListener('touchstart', (event) => begin(event.touches[0]?.clientY ?? 0), { passive: true })
  view.addEventListener('touchmove', (event) => move(event.touches[0]?.clientY ?? 0), { passive: true })
  view.addEventListener('mousedown', (event) => begin(event.clientY))
  view.addEventListener('mousemove', (event) => {
    if (event.buttons === 1) move(event.clientY)
  })
}

export function refresh(page: OpenPage | undefined): void {
  page?.element.classList.add('preview-refreshing')
  page?.call('onPullDownRefresh')
}

export function endRefresh(page: OpenPage | undefined): void {
  page?.element.classList.remove('preview-refreshing')
}
