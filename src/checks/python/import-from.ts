import { isWithin } from '../facts/image-tree.ts'
import { importOne } from './import-module.ts'
import { catcher, type GuardFrame, type ImportRun, type Outcome, raise } from './import-run.ts'
import type { ModuleState } from './module-state.ts'
import { lackedName } from './standard-names.ts'

/** `from base import name`: an attribute, or else a module of that name below it. */
export function importFrom(run: ImportRun, base: string, name: string): Outcome {
  const parent = run.modules.get(base)
  const by = lackedByPython(run, base, name, parent)
  if (by !== undefined) return raise(run, 'ImportError', { kind: 'lacked', module: base, name, by })
  if (parent === undefined || parent.names.has(name)) return undefined
  // Nearly all modules have the names that are asked of them.
  if (parent.folders === undefined && !isUnbound(run, parent, name)) return undefined
  if (run.modules.has(`${base}.${name}`)) return undefined
  if (parent.folders === undefined) return unbound(run, parent, name)
  const { files } = run.world
  const isThere =
    files.has(name, parent.folders) &&
    (files.find(name, parent.folders) !== undefined || files.passedOver(name, parent.folders).length > 0)
  if (isThere) return importOne(run, `${base}.${name}`)
  if (isNamespace(parent)) return notInNamespace(run, parent, name)
  if (isUnbound(run, parent, name)) return unbound(run, parent, name)
  if (files.isUncompiled(name, parent.folders))
    return raise(run, 'ImportError', { kind: 'absent', module: `${base}.${name}` })
  // A name without a file of its own is bound by the package's code, which is not followed that far. Who is prepared
  // for its absence may have reason to be.
  const isOfLinux = OF_LINUX.test(name)
  if (!isOfLinux && !run.guards.some(isSure)) return undefined
  const guard = catcher(run, 'ImportError')?.to
  if (guard?.guard.kind === 'try' && guard.unsure !== true) {
    guard.unsure = true
    guard.module.maybe++
  }
  const others = guard === undefined && isOfLinux ? files.otherSystems(parent.folders) : []
  return others.length === 0
    ? undefined
    : raise(run, 'ImportError', { kind: 'passed-over', module: `${base}.${name}`, files: others })
}

/** A `try` of which it can be told so far whether its handler runs. */
function isSure({ guard, unsure }: GuardFrame): boolean {
  return guard.kind === 'try' && unsure !== true
}

/** Of the runtime's own module, when that was read: a package may ship one of the same name. */
function lackedByPython({ world: { interpreter } }: ImportRun, base: string, name: string, module?: ModuleState) {
  const library = interpreter.standardLibrary
  const lacked = library === undefined ? undefined : lackedName(base, name, interpreter.minor)
  if (library === undefined || lacked === undefined) return undefined
  return module?.path === undefined || isWithin(module.path, library) ? lacked : undefined
}

// Packages that name their compiled module after the system: `_psutil_linux`, of which a wheel for Windows has none.
const OF_LINUX = /^_\w*(?:linux|posix)/

/** Nothing binds names in a folder without code: often one of type stubs, in the place of a module that is passed over. */
function notInNamespace(run: ImportRun, { name: base, folders = [] }: ModuleState, name: string): Outcome {
  const files = folders.flatMap((folder) =>
    run.world.files.passedOver(folder.slice(folder.lastIndexOf('/') + 1), [folder.slice(0, folder.lastIndexOf('/'))]),
  )
  const module = files.length === 0 ? `${base}.${name}` : base
  return raise(
    run,
    'ImportError',
    files.length === 0 ? { kind: 'absent', module } : { kind: 'passed-over', module, files },
  )
}

function isNamespace({ path, folders, isOpen }: ModuleState): boolean {
  return path === undefined && folders !== undefined && !isOpen
}

function isUnbound({ world, chain }: ImportRun, { path, isOpen }: ModuleState, name: string): boolean {
  const source = isOpen || path === undefined ? undefined : world.sources.get(path)
  if (source?.lacks?.includes(name) !== true) return false
  // What answers for names that it does not have (`__getattr__`) raises where it is another version than who asks was made for.
  return source.answers !== true || world.refuses(chain.at(-1)?.path ?? '', source.path)
}

function unbound(run: ImportRun, parent: ModuleState, name: string): Outcome {
  if (!isUnbound(run, parent, name)) return undefined
  return raise(run, 'ImportError', { kind: 'unbound', module: parent.name, name, file: parent.path ?? '' })
}
