import { loadInto } from '../../loader/load.ts'
import type { Subject } from '../check.ts'
import { loadCase } from '../facts/load-case.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'
import { nodeProcess } from './addon.ts'
import { nodeReports } from './node-failures.ts'

/** The native files that the artifact's node code loads in one runtime. */
export function nodeLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const scope = userScope(subject)
  return nodeReports(subject)
    .filter((report) => report.view === view)
    .flatMap(({ uses, failures, tree }) => {
      const loadable = new Set(failures.flatMap(({ root, inUse, inCommand }) => (inUse || inCommand ? [root] : [])))
      return uses.flatMap(({ addon, isNeeded, isLazy, script, line, root }): NativeLoad[] => {
        const { file } = addon
        if (file === undefined || !scope.isCode(file.path)) return []
        const result = addon.result ?? loadInto(nodeProcess(tree), file).result
        const because = isLazy ? `loaded on demand by ${script} line ${line}` : `loaded by ${script} line ${line}`
        const need = isNeeded ? 'required' : 'optional'
        return [
          {
            file,
            by: 'node',
            need,
            because,
            ...(isLazy || loadable.has(root) ? {} : { breaks: loadCase('require', root.name) }),
            result,
          },
        ]
      })
    })
}
