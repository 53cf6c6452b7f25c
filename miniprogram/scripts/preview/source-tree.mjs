import fs from 'node:fs'
import path from 'node:path'

export const projectRoot = path.resolve(import.meta.dirname, '../..')
const nodeModules = path.join(projectRoot, 'node_modules')

/** The folder of a package that DevTools' "build npm" copies into miniprogram_npm. */
export function packageFolder(name) {
  const folder = path.join(nodeModules, name)
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return path.join(folder, manifest.miniprogram ?? 'miniprogram_dist')
}

export function isPackage(name) {
  return fs.existsSync(path.join(nodeModules, name, 'package.json'))
}

/** "@scope/name/rest" or "name/rest" as [name, rest]. */
export function splitPackagePath(target) {
  const match = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(target)
  return match ? [match[1], match[2] ?? ''] : [target, '']
}

/**
 * A mini-program's sources. Paths inside it are as in app.json: from the root, without leading slash and suffix;
 * `miniprogram_npm/PACKAGE/x` is looked up in node_modules, so that a preview needs no copy of the packages.
 */
export class SourceTree {
  /** Pages that app.json names and that are not there. */
  missingPages = []

  constructor(root) {
    this.root = path.resolve(root)
    this.app = this.json('app')
    this.pages = this.#pages()
    this.components = this.#components()
  }

  fileOf(miniProgramPath) {
    if (!miniProgramPath.startsWith('miniprogram_npm/')) return path.join(this.root, miniProgramPath)
    const [name, rest] = splitPackagePath(miniProgramPath.slice('miniprogram_npm/'.length))
    return path.join(packageFolder(name), rest)
  }

  isOwn(miniProgramPath) {
    return !miniProgramPath.startsWith('miniprogram_npm/')
  }

  read(miniProgramPath, suffix) {
    return fs.readFileSync(this.fileOf(miniProgramPath) + suffix, 'utf8')
  }

  json(miniProgramPath) {
    const file = this.fileOf(miniProgramPath) + '.json'
    if (!fs.existsSync(file)) return {}
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8'))
    } catch (error) {
      throw new Error(`${file}: ${error.message}`, { cause: error })
    }
  }

  scriptOf(miniProgramPath) {
    for (const suffix of ['.ts', '.js']) {
      const file = this.fileOf(miniProgramPath) + suffix
      if (fs.existsSync(file)) return file
    }
    throw new Error(`${miniProgramPath}: there is no script of that name`)
  }

  /** Every file of the mini-program itself, without what DevTools copies in. */
  ownFiles(suffix) {
    return fs.readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(`${path.sep}miniprogram_npm${path.sep}`))
  }

  #pages() {
    const rooms = this.app.subPackages ?? this.app.subpackages ?? []
    const named = [...(this.app.pages ?? []), ...rooms.flatMap((room) => room.pages.map((page) => normalize(`${room.root}/${page}`)))]
    this.missingPages = named.filter((page) => !fs.existsSync(this.fileOf(page) + '.wxml'))
    return named.filter((page) => !this.missingPages.includes(page))
  }

  #components() {
    const found = new Map()
    const visit = (miniProgramPath, isPage) => {
      if (found.has(miniProgramPath)) return
      const config = this.json(miniProgramPath)
      const own = Object.entries(config.usingComponents ?? {}).map(([tag, target]) => [tag, this.resolveComponent(miniProgramPath, target)])
      const everywhere = Object.entries(this.app.usingComponents ?? {}).map(([tag, target]) => [tag, this.resolveComponent('app', target)])
      const used = Object.fromEntries([...everywhere, ...own])
      config.usingComponents = Object.fromEntries(Object.entries(used).map(([tag, target]) => [tag, `/${target}`]))
      found.set(miniProgramPath, { path: miniProgramPath, config, isPage })
      for (const target of Object.values(used)) visit(target, false)
    }
    for (const page of this.pages) visit(page, true)
    return found
  }

  resolveComponent(from, target) {
    const candidates = target.startsWith('/')
      ? [normalize(target)]
      : [normalize(path.posix.join(path.posix.dirname(from), target)), `miniprogram_npm/${target}`]
    for (const candidate of candidates) {
      if (!this.isOwn(candidate) && !isPackage(splitPackagePath(target)[0])) continue
      if (fs.existsSync(this.fileOf(candidate) + '.json')) return candidate
    }
    throw new Error(`${this.fileOf(from)}.json: the component ${target} is not there`)
  }
}

export function normalize(miniProgramPath) {
  return path.posix.normalize(miniProgramPath).replace(/^\/+/, '')
}
