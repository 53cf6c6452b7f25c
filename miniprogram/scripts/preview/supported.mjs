import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from './source-tree.mjs'

/** What the preview offers of WeChat: one list, read by the checks here and by the runtime. */
export const supported = JSON.parse(fs.readFileSync(path.join(projectRoot, 'preview/supported.json'), 'utf8'))
