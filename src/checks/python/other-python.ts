import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { owners } from '../facts/owners.ts'
import type { ImportFailure, Place } from './import-result.ts'
import { isNative } from './import-run.ts'
import type { PythonImports } from './python-imports.ts'
import { lackedModule, type OtherPython } from './standard-names.ts'

/** The import of a requested module that ends at something of the standard library which only other Pythons have. */
export type MadeForOtherPython = OtherPython & {
  /** Whose code it is; absent: it has no metadata. */
  readonly distribution?: PythonDistribution
  readonly module: string
  /** `typing.override`, `tomllib`. */
  readonly lacks: string
  readonly place: Place
}

export function madeForOtherPython(
  { packages, interpreter: { minor, standardLibrary } }: PythonImports,
  { artifact }: Subject,
): readonly MadeForOtherPython[] {
  if (standardLibrary === undefined) return []
  const ownerOf = owners(artifact)
  const byFolder = new Map(
    packages.flatMap(({ distribution }) => (distribution === undefined ? [] : [[distribution.path, distribution]])),
  )
  return packages.flatMap(({ isRequested, imports }) =>
    imports.flatMap(({ module, failures }) => {
      // Native code for another Python says it already.
      if (!isRequested || failures.some(({ cause }) => isNative(cause))) return []
      return failures.flatMap((failure): readonly MadeForOtherPython[] => {
        const place = failure.chain.at(-1)
        const lack = lackOf(failure, minor)
        if (lack === undefined || place === undefined) return []
        const distribution = byFolder.get(ownerOf(place.path)?.folder ?? '')
        return [{ ...lack, module, place, ...(distribution === undefined ? {} : { distribution }) }]
      })
    }),
  )
}

function lackOf({ cause }: ImportFailure, minor: number): (OtherPython & { readonly lacks: string }) | undefined {
  if (cause.kind === 'lacked') return { ...cause.by, lacks: `${cause.module}.${cause.name}` }
  if (cause.kind !== 'absent') return undefined
  const other = lackedModule(cause.module, minor)
  return other === undefined ? undefined : { ...other, lacks: cause.module }
}
