import fs from 'node:fs'
import ts from 'typescript'
import { supported } from './supported.mjs'

const offered = new Set(supported.wx)

/** Tells every use of `wx` in the project's scripts that the preview does not offer. */
export function checkWxCallsAreOffered(tree, problems) {
  for (const file of [...tree.ownFiles('.ts'), ...tree.ownFiles('.js')]) {
    if (file.endsWith('.d.ts')) continue
    const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const visit = (node) => {
      if (ts.isIdentifier(node) && node.text === 'wx' && isTheGlobal(node)) {
        const problem = problemOf(node)
        if (problem) problems.add(file, source.getLineAndCharacterOfPosition(node.getStart()).line + 1, problem)
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
}

function isTheGlobal(identifier) {
  const { parent } = identifier
  const isNameOfSomethingElse = parent.name === identifier || parent.propertyName === identifier
  return !isNameOfSomethingElse && !ts.isTypeNode(parent) && !ts.isQualifiedName(parent)
}

function problemOf(identifier) {
  let used = identifier
  while (ts.isParenthesizedExpression(used.parent) || ts.isAsExpression(used.parent) || ts.isNonNullExpression(used.parent)) used = used.parent
  const name = memberName(used)
  if (name === undefined) return 'write wx.NAME: the build cannot see what else is done with wx'
  return offered.has(name) ? '' : `wx.${name} is not offered by the preview`
}

function memberName(used) {
  const { parent } = used
  if (ts.isPropertyAccessExpression(parent) && parent.expression === used) return parent.name.text
  if (ts.isElementAccessExpression(parent) && parent.expression === used && ts.isStringLiteral(parent.argumentExpression)) return parent.argumentExpression.text
  return undefined
}
