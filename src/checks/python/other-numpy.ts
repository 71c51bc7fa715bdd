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
    imports.flatMap(({ module, failures, caught }) =>
      [...failures, ...caught].flatMap(({ cause }) =>
        cause.kind === 'other-numpy'
          ? [{ file: cause.file, version: cause.version, module, goesOn: caught.some((one) => one.cause === cause) }]
          : [],
      ),
    ),
  )
  const said = new Set(met.map(({ file }) => file))
  return [...met, ...requested.flatMap((one) => unfollowed(one, world)).filter(({ file }) => !said.has(file))]
}

/** OpenCV takes itself out of sys.modules to load its only compiled module in its place: such ways are not followed. */
function unfollowed({ native, imports }: PackageImports, world: ImportWorld): readonly OtherNumpy[] {
  const replacing = imports.find(({ module, failures }) => failures.length === 0 && changesImports(module, world))
  if (replacing === undefined) return []
  const all = nativeModules(native, world)
  const refused = all.flatMap((file): readonly OtherNumpy[] => {
    const version = world.goesOnWithoutNumpy(file) ? undefined : world.refusedNumpy(file)
    return version === undefined ? [] : [{ file, version, module: replacing.module, goesOn: false }]
  })
  return refused.length === all.length ? refused : []
}

function changesImports(module: string, { files, interpreter, sources }: ImportWorld): boolean {
  const found = files.find(module, interpreter.path)
  return found?.kind === 'source' && sources.get(found.path)?.dynamic === true
}
