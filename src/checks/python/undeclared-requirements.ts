import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { owners } from '../facts/owners.ts'
import type { Place } from './import-result.ts'
import { isNative } from './import-run.ts'
import type { MissingRequirement } from './missing-requirements.ts'
import type { PackageImports, PythonImports } from './python-imports.ts'
import { STANDARD_LIBRARY } from './standard-library.ts'

/** A package that the import of a requested one ends at, that nobody has, and that its metadata do not ask for. */
export type UndeclaredRequirement = {
  readonly absent: string
  readonly module: string
  readonly distribution: PythonDistribution
  readonly place: Place
}

/** `told`: missing requirements that the metadata tell. Code without metadata may be made for what other layers bring. */
export function undeclaredRequirements(
  { packages, interpreter }: PythonImports,
  { artifact }: Subject,
  told: readonly MissingRequirement[],
): readonly UndeclaredRequirement[] {
  if (interpreter.standardLibrary === undefined) return []
  const ownerOf = owners(artifact)
  const byFolder = new Map(
    packages.flatMap(({ distribution }) => (distribution === undefined ? [] : [[distribution.path, distribution]])),
  )
  const known = new Set(told.flatMap(({ failure }) => (failure === undefined ? [] : [failure.absent])))
  const all = packages
    .filter(({ isRequested }) => isRequested)
    .flatMap((one) =>
      mainImports(one).flatMap(({ module, failures }) => {
        if (failures.some(({ cause }) => isNative(cause))) return []
        return failures.flatMap(({ cause, chain }): readonly UndeclaredRequirement[] => {
          const place = chain.at(-1)
          const distribution = byFolder.get(place === undefined ? '' : (ownerOf(place.path)?.folder ?? ''))
          if (
            cause.kind !== 'absent' ||
            cause.module.includes('.') ||
            place === undefined ||
            distribution === undefined
          )
            return []
          const isKnown = STANDARD_LIBRARY.has(cause.module) || known.has(cause.module)
          return isKnown ? [] : [{ absent: cause.module, module, distribution, place }]
        })
      }),
    )
  return [...new Map(all.toReversed().map((one) => [one.absent, one])).values()].toReversed()
}

/** Of a distribution with several modules those that bear its name: the others may be for plug-ins of what is not there. */
function mainImports({ distribution, imports, modules }: PackageImports): PackageImports['imports'] {
  if (distribution === undefined) return []
  const main = distribution.name.replaceAll('-', '_')
  return modules.length === 1
    ? imports
    : imports.filter(({ module }) => module.toLowerCase().replaceAll('.', '_') === main)
}
