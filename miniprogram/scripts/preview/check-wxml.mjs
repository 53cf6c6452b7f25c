import fs from 'node:fs'
import path from 'node:path'
import { lineAt } from './problems.mjs'
import { supported } from './supported.mjs'

const structuralTags = new Set(['block', 'wxs', 'template', 'import', 'include', 'slot'])
const tagPattern = /<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)\/?>/g
const attributePattern = /([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/g
const eventPattern = /^(?:(?:capture-)?(?:bind|catch)|mut-bind):?([a-zA-Z_][\w-]*)$/

/** Tells every native tag, attribute and event of the project's templates that the preview does not offer. */
export function checkTemplatesAreSupported(tree, problems) {
  const componentOf = new Map([...tree.components.values()].map((component) => [tree.fileOf(component.path) + '.wxml', component]))
  for (const file of tree.ownFiles('.wxml')) {
    const config = componentOf.get(file)?.config ?? tree.json(path.relative(tree.root, file).replace(/\.wxml$/, ''))
    const customTags = new Set([
      ...Object.keys(config.usingComponents ?? {}),
      ...Object.keys(tree.app.usingComponents ?? {}),
      ...Object.keys(config.componentGenerics ?? {}),
    ])
    checkFile(tree, file, customTags, problems)
  }
}

function checkFile(tree, file, customTags, problems) {
  const source = fs.readFileSync(file, 'utf8')
  const markup = blank(blank(source, /<!--[\s\S]*?-->/g), /(?<=<wxs[^>]*>)[\s\S]*?(?=<\/wxs>)/g)
  for (const tag of markup.matchAll(tagPattern)) {
    const [, name, attributes] = tag
    if (structuralTags.has(name) || customTags.has(name)) continue
    const native = supported.natives[name]
    const tell = (offset, message) => problems.add(file, lineAt(source, tag.index + offset), message)
    if (!native) {
      tell(0, `<${name}> is neither declared in usingComponents nor a native component of the preview`)
      continue
    }
    const attributesStart = 1 + name.length
    const given = [...attributes.matchAll(attributePattern)]
    for (const required of missing(native, given)) tell(0, `the preview offers <${name}> only with ${required}`)
    for (const attribute of given) {
      const problem = problemOf(tree, name, native, attribute[1], attribute[2]?.replace(/^["']|["']$/g, ''))
      if (problem) tell(attributesStart + attribute.index, problem)
    }
  }
}

function missing(native, given) {
  const names = given.map(([, name]) => name)
  return (native.required ?? []).filter((required) => !names.includes(required))
}

function problemOf(tree, tag, native, name, value) {
  const event = eventPattern.exec(name)
  if (event) {
    const known = supported.commonEvents.includes(event[1]) || native.events?.includes(event[1])
    return known ? '' : `the event ${event[1]} of <${tag}> is not offered by the preview`
  }
  const plainName = name.replace(/^model:/, '')
  if (/^(data-|aria-|mark:|wx:|change:|generic:)/.test(plainName)) return ''
  if (!supported.commonAttributes.includes(plainName) && !native.attributes.includes(plainName)) {
    return `the attribute ${name} of <${tag}> is not offered by the preview`
  }
  const isLiteral = value !== undefined && !value.includes('{{')
  if (isLiteral && native.values?.[plainName] && !native.values[plainName].includes(value)) {
    return `${name}="${value}" of <${tag}> is not offered by the preview`
  }
  if (isLiteral && tag === 'image' && plainName === 'src' && value.startsWith('/') && !fs.existsSync(path.join(tree.root, value))) {
    return `the picture ${value} is not there`
  }
  return ''
}

/** Takes out what a pattern finds and keeps every offset as it is. */
function blank(text, pattern) {
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, ' '))
}
