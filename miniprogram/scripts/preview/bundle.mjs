import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { isPackage, packageFolder, projectRoot, splitPackagePath } from './source-tree.mjs'

const shared = { bundle: true, format: 'iife', target: 'es2020', logLevel: 'warning', tsconfigRaw: { compilerOptions: { resolveJsonModule: true } } }

/** app.js and app.css: the runtime, the templates, the styles and the mini-program's own scripts. */
export async function bundleProgram(tree, program, outDir, development) {
  await esbuild.build({
    ...shared,
    stdin: { contents: entry(tree, program), resolveDir: projectRoot, loader: 'ts', sourcefile: 'preview-entry.ts' },
    outfile: path.join(outDir, 'app.js'),
    minify: !development,
    sourcemap: development,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [miniProgramPackages(tree)],
  })
  await esbuild.build({ ...shared, entryPoints: [path.join(projectRoot, 'preview/frame.ts')], outfile: path.join(outDir, 'frame.js'), minify: !development })
}

function entry(tree, program) {
  const quote = JSON.stringify
  const settings = path.join(tree.root, 'settings.ts')
  const components = program.components.map(({ path: name, config, isPage, scope, style, script }) =>
    `{ path: ${quote(name)}, config: ${quote(config)}, isPage: ${isPage}, scope: ${quote(scope)}, style: ${quote(style)}, load: () => require(${quote(script)}) }`)
  return `
import { startPreview } from './preview/start'
startPreview({
  app: ${quote(tree.app)},
  pages: ${quote(tree.pages)},
  templates: ${program.templates},
  appStyle: ${quote(program.appStyle)},
  loadSettings: () => ${fs.existsSync(settings) ? `require(${quote(settings)})` : '({})'},
  loadApp: () => require(${quote(tree.scriptOf('app'))}),
  components: [${components.join(',\n')}],
})`
}

/** Finds `import 'PACKAGE/x'` where DevTools' "build npm" would put it. */
function miniProgramPackages(tree) {
  return {
    name: 'mini-program-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path: target, importer }) => {
        if (path.isAbsolute(target)) return undefined
        return firstFile(candidates(tree, target, importer))
      })
    },
  }
}

function candidates(tree, target, importer) {
  const insidePackage = /^(.*?[\\/]miniprogram_dist)[\\/]/.exec(importer)
  if (insidePackage) return [path.join(insidePackage[1], 'miniprogram_npm', target)]
  const [name, rest] = splitPackagePath(target)
  return importer.startsWith(tree.root) && isPackage(name) ? [path.join(packageFolder(name), rest)] : []
}

function firstFile(bases) {
  for (const base of bases) {
    for (const suffix of ['.js', '/index.js', '']) {
      const file = base + suffix
      if (fs.existsSync(file) && fs.statSync(file).isFile()) return { path: file }
    }
  }
  return undefined
}
