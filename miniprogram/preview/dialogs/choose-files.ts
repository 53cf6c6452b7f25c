/** Lets the person choose files; undefined when none is chosen. */
export function chooseFiles(accept: string, options: { isMultiple: boolean, fromCamera?: boolean }): Promise<File[] | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = options.isMultiple
    if (options.fromCamera) input.setAttribute('capture', 'environment')
    input.hidden = true
    const answer = (files: File[] | undefined) => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => answer(input.files?.length ? [...input.files] : undefined))
    input.addEventListener('cancel', () => answer(undefined))
    document.body.append(input)
    input.click()
  })
}
