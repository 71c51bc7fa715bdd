import { importModule } from './import-module.ts'
import { guardedFiles, type ImportFailure } from './import-result.ts'
import { type ImportRun, importRun, moduleImport } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'

/** The import of one part, in a process that has imported its package. */
export type PartImport = { readonly failures: readonly ImportFailure[]; readonly caughtFiles: readonly string[] }

const DISPENSABLE = /^_|^(?:tests?|testing|conftest|setup|examples?|benchmarks?|version|about)$|^test_|_tests?$/

export function importPart(module: string, before: ImportRun, world: ImportWorld): PartImport {
  const run = importRun(world, { process: before.process, modules: apart(before.modules, module) })
  importModule(run, module)
  const { failures, caught } = moduleImport(module, run)
  return { failures, caughtFiles: caught.flatMap(guardedFiles) }
}

/** What one part binds in its package another must not find there. */
function apart(modules: ImportRun['modules'], part: string): ImportRun['modules'] {
  const top = part.slice(0, part.indexOf('.'))
  const isOwn = (name: string): boolean => name === top || name.startsWith(`${top}.`)
  return new Map(
    [...modules].map(([name, state]) => [name, isOwn(name) ? { ...state, names: new Map(state.names) } : state]),
  )
}

/** Public modules right below a package. */
export function partsOf({ modules, world }: ImportRun, name: string, { files }: ImportWorld): readonly string[] {
  const folders = modules.get(name)?.folders ?? foldersOf(name, world)
  return files
    .below(folders)
    .filter((part) => !DISPENSABLE.test(part))
    .map((part) => `${name}.${part}`)
}

function foldersOf(name: string, { files, interpreter }: ImportWorld): readonly string[] {
  let folders: readonly string[] = interpreter.path
  for (const part of name.split('.')) folders = files.find(part, folders)?.folders ?? []
  return folders
}
