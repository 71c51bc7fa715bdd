import type { ImportFailure } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { nativeModules } from './native-modules.ts'
import type { PackageImports, PythonImports } from './python-imports.ts'

/**
 * A compiled module made for NumPy 1 that the import of a requested module gets to, beside a newer NumPy. `goesOn`: the
 * import works all the same.
 */
export type OtherNumpy = {
  readonly file: string
  readonly version: string
  readonly module: string
  readonly goesOn: boolean
}

export function otherNumpy({ packages, world }: PythonImports): readonly OtherNumpy[] {
  const requested = packages.filter(({ isRequested }) => isRequested)
  const met = requested.flatMap(({ imports }) =>
    imports.flatMap(({ module, failures, caught }) => {
      const refused = (all: readonly ImportFailure[], goesOn: boolean): readonly OtherNumpy[] =>
        all.flatMap(({ cause }) =>
          cause.kind === 'other-numpy' ? [{ file: cause.file, version: cause.version, module, goesOn }] : [],
        )
      const ending = refused(failures, false)
      // Who catches it may raise it later.
      const isOther = ({ file }: OtherNumpy): boolean => ending.every((one) => one.file !== file)
      return [...ending, ...refused(caught, true).filter(isOther)]
    }),
  )
  const said = new Set(met.map(({ file }) => file))
  return [...met, ...requested.flatMap((one) => unfollowed(one, world)).filter(({ file }) => !said.has(file))]
}

/** Ways to all compiled modules of a package that are not followed: imports that it changes, and bytecode. */
function unfollowed({ native, imports }: PackageImports, world: ImportWorld): readonly OtherNumpy[] {
  const well = imports.filter(({ failures }) => failures.length === 0)
  const replacing = well.find(({ module }) => changesImports(module, world))
  const unread = well.find(({ module }) => isBytecode(module, world))
  const { module } = replacing ?? unread ?? {}
  if (module === undefined) return []
  const all = nativeModules(native, world)
  const refused = all.flatMap((file): readonly OtherNumpy[] => {
    const version = world.goesOnWithoutNumpy(file) ? undefined : world.refusedNumpy(file)
    return version === undefined ? [] : [{ file, version, module, goesOn: false }]
  })
  // Some of what is compiled has nothing to do with NumPy.
  const isEnough = refused.length === all.length || (unread !== undefined && refused.length * 2 > all.length)
  return isEnough ? refused : []
}

function changesImports(module: string, { files, interpreter, sources }: ImportWorld): boolean {
  const found = files.find(module, interpreter.path)
  return found?.kind === 'source' && sources.get(found.path)?.dynamic === true
}

function isBytecode(module: string, { files, interpreter }: ImportWorld): boolean {
  const found = files.find(module, interpreter.path)
  return found?.kind === 'source' && found.path.endsWith('.pyc')
}
