import { posix } from 'node:path'
import { type ImportRun, type Outcome, raise } from './import-run.ts'
import type { ModuleState } from './module-state.ts'

// `sklearn/utils/_random.cp311-win_amd64.pyd`
const DEEPEST = 2

/**
 * `os.add_dll_directory`, which Linux's Python does not have: a wheel for Windows asks for it before anything else. Without any
 * of its compiled modules the source may be of another build.
 */
export function asksForWindows(run: ImportRun, { name, path }: ModuleState): Outcome {
  if (path === undefined) return undefined
  const { files, view } = run.world
  const folders: string[] = []
  const add = (folder: string, depth: number): void => {
    folders.push(folder)
    if (depth === DEEPEST) return
    for (const { type, path: below } of view.tree.childrenOf(folder)) if (type === 'directory') add(below, depth + 1)
  }
  add(posix.dirname(path), 0)
  const compiled = files.otherSystems(folders).filter((file) => file.path.endsWith('.pyd'))
  if (compiled.length === 0) return undefined
  return raise(run, 'AttributeError', { kind: 'passed-over', module: name, files: compiled })
}
