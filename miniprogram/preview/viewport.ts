/** The part of the phone between navigation bar and tab bar: a page's window. */
export function viewport(): HTMLElement {
  const view = document.querySelector<HTMLElement>('.preview-view')
  if (!view) throw new Error('the preview has not started')
  return view
}

export function shownPage(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.preview-page:not([hidden])')
}
