import { isFile } from '../facts/image-tree.ts'
import { importModule } from './import-module.ts'
import { filesOf } from './import-result.ts'
import { type ImportRun, importRun } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'
import { isImportable, withoutSuffix } from './module-name.ts'
import type { ShippedModules } from './shipped-modules.ts'

const NATIVE = /\.(?:so|pyd)$/

/** Compiled modules of a package, whatever their tags: not the libraries beside them, not those of tests. */
export function nativeModules(native: ShippedModules['native'], world: ImportWorld): readonly string[] {
  return compiledModules(native).flatMap(({ module, file }) =>
    // Compiled for speed: the source does as well, unless it says that it does not.
    hasSource(file, world) && !refusesAlone(module, file, world) ? [] : [file],
  )
}

/** Python takes the compiled form of a module where that is there: the source beside it does not help when it cannot be loaded. */
export function hidesItsSource(native: ShippedModules['native'], world: ImportWorld): boolean {
  return compiledModules(native).some(
    ({ file }) =>
      isFile(world.view.tree.resolve(file)) &&
      isImportable(file, world.interpreter.suffixes) &&
      hasSource(file, world) &&
      isBroken(file, world.process, world),
  )
}

function hasSource(file: string, { view }: ImportWorld): boolean {
  return isFile(view.tree.resolve(`${withoutSuffix(file)}.py`))
}

function compiledModules({ site, paths }: ShippedModules['native']): readonly { module: string; file: string }[] {
  return paths.flatMap((native) => {
    const parts = withoutSuffix(native).split('/')
    const isModule = NATIVE.test(native) && parts.every((part) => /^[A-Za-z_]\w*$/.test(part))
    // What mypyc compiles lies beside its sources.
    const isOther = parts.some(
      (part) => /__mypyc$|^(?:tests?|testing|examples?)$/.test(part) || isLibrary(part, native),
    )
    return isModule && !isOther ? [{ module: parts.join('.'), file: `${site}/${native}` }] : []
  })
}

/** A module's tag tells modules of such names from libraries: `shapely.lib`, `pandas._libs.lib`. */
function isLibrary(part: string, file: string): boolean {
  return part.startsWith('lib') && !/\.(?:cpython-\d+[\w-]*|abi3|cp\d+[\w-]*)\.(?:so|pyd)$/.test(file)
}

function refusesAlone(module: string, file: string, world: ImportWorld): boolean {
  if (isFile(world.view.tree.resolve(file)) && isImportable(file, world.interpreter.suffixes)) return false
  const run = importRun(world)
  importModule(run, module)
  return run.failures.some((failure) => filesOf(failure).includes(file))
}

/** It cannot be imported: it is gone, compiled for another interpreter, or fails to load. */
export function isBroken(path: string, process: ImportRun['process'], world: ImportWorld): boolean {
  const entry = world.view.tree.resolve(path)
  const { suffixes } = world.interpreter
  if (!isFile(entry) || !isImportable(path, suffixes)) {
    const stem = withoutSuffix(path)
    return !suffixes.some((suffix) => isFile(world.view.tree.resolve(stem + suffix)))
  }
  const file = world.elf(entry.path)
  return file === undefined || world.load(process, file).fails
}
