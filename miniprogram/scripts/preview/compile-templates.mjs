import path from 'node:path'
import { createRequire } from 'node:module'
import { normalize } from './source-tree.mjs'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')

/** The JavaScript expression that holds every template, compiled by WeChat's own glass-easel. */
export function compileTemplates(tree, problems) {
  const group = new TmplGroup()
  const templates = new Set()
  const scripts = new Set()

  const addScript = (script) => {
    if (scripts.has(script)) return
    scripts.add(script)
    const source = tree.read(script, '.wxs')
    group.addScript(script, asJavaScript(source))
    for (const [, target] of source.matchAll(/require\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      addScript(normalize(path.posix.join(path.posix.dirname(script), target)).replace(/\.wxs$/, ''))
    }
  }

  const addTemplate = (template) => {
    if (templates.has(template)) return
    templates.add(template)
    for (const warning of group.addTmpl(template, tree.read(template, '.wxml'))) {
      // TDesign's own templates draw a few warnings that do no harm; the project's must draw none.
      if (tree.isOwn(template)) problems.add(tree.fileOf(template) + '.wxml', warning.startLine, warning.message)
    }
    for (const dependency of group.getDirectDependencies(template)) addTemplate(dependency)
    for (const script of group.getScriptDependencies(template)) addScript(script)
  }

  for (const component of tree.components.keys()) addTemplate(component)
  // The names that the compiled code calls for WXS: see preview/wxs-runtime.ts.
  group.setExtraRuntimeScript(
    'Q.A=function(f){return window.previewWxs.onChange(f)};Q.C=function(a,b,c,d){return window.previewWxs.onEvent(a,b,c,d)};',
  )
  const code = group.getTmplGenObjectGroups()
  group.free()
  return code
}

/** In WXS `[].constructor` is the text 'Array', and the compiler names scripts without their suffix. */
function asJavaScript(wxs) {
  return wxs
    .replace(/(require\(\s*['"][^'"]+?)\.wxs(['"]\s*\))/g, '$1$2')
    .replace(/\.constructor\b(?!\.)/g, '.constructor.name')
}
