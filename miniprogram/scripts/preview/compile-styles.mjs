import fs from 'node:fs'
import path from 'node:path'
import postcss from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { lineAt } from './problems.mjs'
import { supported } from './supported.mjs'

const nativeTags = new Set([...Object.keys(supported.natives), ...supported.tdesignOnlyNatives])

/**
 * One WXSS file as CSS: rpx by the width of the phone's frame, vh by the height of the page's view, native tags as the
 * custom elements wx-TAG, classes in the component's scope.
 */
export function compileStyle(tree, file, scope, icons, problems) {
  if (!fs.existsSync(file)) return ''
  const root = postcss.parse(withImports(tree.root, file, new Set()), { from: file })
  const selectors = selectorParser((selector) => selector.walk((node) => translate(node, scope)))
  root.walkAtRules('font-face', (rule) => {
    if (isTDesign(file)) rule.remove() // its icon font comes from outside; the same icons are inlined as SVG
  })
  root.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && /keyframes$/.test(rule.parent.name)) return
    const icon = isTDesign(file) && /^\.t-icon-([a-z0-9-]+):before$/.exec(rule.selector)
    if (icon && !icons.draw(rule, icon[1])) {
      rule.remove()
      return
    }
    rule.selector = selectors.processSync(rule.selector)
  })
  root.walkDecls((declaration) => {
    if (!isTDesign(file)) checkLocalPicture(declaration, file, problems)
    declaration.value = convertUnits(declaration.value)
  })
  return root.toString()
}

function isTDesign(file) {
  return file.includes(`${path.sep}tdesign-miniprogram${path.sep}`)
}

function translate(node, scope) {
  if (node.type === 'tag' && nativeTags.has(node.value)) {
    node.value = `wx-${node.value}`
  } else if (node.type === 'class' && scope) {
    node.value = `${scope}--${node.value}`
  } else if (node.type === 'id') {
    // glass-easel writes an id with the component's prefix before it
    node.replaceWith(selectorParser.attribute({ attribute: 'id', operator: '$=', value: `--${node.value}`, quoteMark: '"', raws: {} }))
  } else if (node.type === 'pseudo' && node.value === ':host') {
    node.replaceWith(selectorParser.attribute({ attribute: 'wx-host', operator: '=', value: scope ?? '', quoteMark: '"', raws: {} }))
  }
}

function withImports(root, file, seen) {
  if (seen.has(file)) return ''
  seen.add(file)
  const source = fs.readFileSync(file, 'utf8')
  return source.replace(/@import\s+(?:url\()?['"]([^'"]+)['"]\)?\s*;?/g, (statement, target, offset) => {
    const imported = target.startsWith('/') ? path.join(root, target) : path.resolve(path.dirname(file), target)
    if (!fs.existsSync(imported)) throw new Error(`${file}:${lineAt(source, offset)}: ${target} is not there`)
    return withImports(root, imported, seen)
  })
}

function checkLocalPicture(declaration, file, problems) {
  const target = /url\(\s*['"]?(?!data:|https?:)([^)'"]+)/.exec(declaration.value)
  if (target) problems.add(file, declaration.source?.start?.line ?? 1, `WXSS cannot show the local file ${target[1]}: use <image>`)
}

function convertUnits(value) {
  return value
    .replace(/(-?\d*\.?\d+)rpx\b/gi, (_, number) => `${Number((Number(number) / 7.5).toFixed(5))}vw`)
    .replace(/(-?\d*\.?\d+)vh\b/gi, (_, number) => `calc(var(--preview-vh, 1vh) * ${number})`)
}
