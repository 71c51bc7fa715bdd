import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { owners } from '../facts/owners.ts'
import { isNative } from './failure-reason.ts'
import type { ImportFailure, ModuleImport, Place } from './import-result.ts'
import type { PackageImports, PythonImports } from './python-imports.ts'

/** Where the import of a requested module ends, and whose code that is; a distribution is absent where it has no metadata. */
export type EndedImport = {
  readonly module: string
  readonly failure: ImportFailure
  readonly place: Place
  readonly distribution?: PythonDistribution
}

/**
 * Of a runtime that was read, since its standard library decides; what native code ends is told as such. `considered`: the
 * imports of a package that count, all of them unless told.
 */
export function endedImports(
  { packages, interpreter }: PythonImports,
  { artifact }: Subject,
  considered: (one: PackageImports) => readonly Pick<ModuleImport, 'module' | 'failures'>[] = ({ imports }) => imports,
): readonly EndedImport[] {
  if (interpreter.standardLibrary === undefined) return []
  const ownerOf = owners(artifact)
  const byFolder = new Map(
    packages.flatMap(({ distribution }) => (distribution === undefined ? [] : [[distribution.path, distribution]])),
  )
  const requested = packages.filter(({ isRequested }) => isRequested)
  return requested.flatMap((one) =>
    considered(one).flatMap(({ module, failures }) => {
      if (failures.some(({ cause }) => isNative(cause))) return []
      return failures.flatMap((failure): readonly EndedImport[] => {
        const place = failure.chain.at(-1)
        if (place === undefined) return []
        const distribution = byFolder.get(ownerOf(place.path)?.folder ?? '')
        return [{ module, failure, place, ...(distribution === undefined ? {} : { distribution }) }]
      })
    }),
  )
}
