import { importModule } from './import-module.ts'
import { filesOf, guardedFiles, type ImportFailure } from './import-result.ts'
import { type ImportRun, importRun, moduleImport } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'

/** The import of one part, in a process that has imported its package. */
export type PartImport = {
  readonly module: string
  readonly failures: readonly ImportFailure[]
  readonly caughtFiles: readonly string[]
}

const DISPENSABLE = /^_|^(?:tests?|testing|conftest|setup|examples?|benchmarks?|version|about)$|^test_|_tests?$/

/**
 * Each part in a process that has imported those before it as far as they can be: as in Python, a module that was imported
 * well is not executed again, of other packages (a hundred parts import NumPy once) and of their own.
 */
export function importParts(
  parts: readonly string[],
  top: Pick<ImportRun, 'modules' | 'process'>,
  world: ImportWorld,
): readonly PartImport[] {
  const isOwn = ownOf(parts[0] ?? '')
  const modules = new Map(top.modules)
  const packages = new Map([...modules].filter(([name, { folders }]) => folders !== undefined && isOwn(name)))
  let { process } = top
  return parts.map((module) => {
    const run = importRun(world, { process, modules })
    // What one part binds in its package another must not find there.
    for (const [name, state] of packages) run.modules.set(name, { ...state, names: new Map(state.names) })
    importModule(run, module)
    const { failures, caught } = moduleImport(module, run)
    if (failures.length === 0) {
      process = run.process
      for (const [name, state] of run.modules) {
        if (modules.has(name)) continue
        modules.set(name, state)
        if (state.folders !== undefined && isOwn(name)) packages.set(name, state)
      }
    }
    const dispensable = failures.filter(({ isDispensable }) => isDispensable === true)
    return { module, failures, caughtFiles: [...caught.flatMap(guardedFiles), ...dispensable.flatMap(filesOf)] }
  })
}

/** All parts are of one package, whatever lies between. */
function ownOf(part: string): (name: string) => boolean {
  const top = part.slice(0, part.indexOf('.'))
  const below = `${top}.`
  return (name) => name === top || name.startsWith(below)
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
