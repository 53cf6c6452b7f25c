import path from 'node:path'

/** What stops a build: every problem is told with its file and line, all of them at once. */
export class Problems {
  #found = []

  add(file, line, message) {
    this.#found.push(`${path.relative(process.cwd(), file)}:${line}: ${message}`)
  }

  throwIfAny() {
    if (this.#found.length > 0) throw new BuildFailed(this.#found)
  }
}

export class BuildFailed extends Error {
  constructor(problems) {
    super(problems.join('\n'))
    this.name = 'BuildFailed'
  }
}

export function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length
}
