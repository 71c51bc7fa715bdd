import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { firstOfEach, groupBy } from '../facts/examples.ts'
import { endedImports } from './ended-imports.ts'
import type { Place } from './import-result.ts'
import { mainImports } from './main-imports.ts'
import type { MissingRequirement } from './missing-requirements.ts'
import type { PythonImports } from './python-imports.ts'
import { STANDARD_LIBRARY } from './standard-library.ts'

/** Packages that a module of a requested one ends at, that nobody has, and that its metadata do not ask for. */
export type UndeclaredRequirement = {
  /** In the order in which they are asked for: the import ends at the first. */
  readonly absent: readonly [string, ...string[]]
  readonly module: string
  readonly distribution: PythonDistribution
  readonly place: Place
}

/** `told`: missing requirements that the metadata tell. Code without metadata may be made for what other layers bring. */
export function undeclaredRequirements(
  imports: PythonImports,
  subject: Subject,
  told: readonly MissingRequirement[],
): readonly UndeclaredRequirement[] {
  const known = new Set(told.flatMap(({ failure }) => (failure === undefined ? [] : [failure.absent])))
  const all = endedImports(imports, subject, (one) => mainImports(one) ?? []).flatMap(
    ({ module, failure: { cause }, place, distribution }) => {
      if (cause.kind !== 'absent' || distribution === undefined || !isOfOthers(cause.module, imports)) return []
      const isKnown = STANDARD_LIBRARY.has(cause.module) || known.has(cause.module)
      return isKnown ? [] : [{ absent: cause.module, module, distribution, place }]
    },
  )
  const firsts = firstOfEach(all, ({ absent }) => absent)
  return [...groupBy(firsts, ({ place }) => place.path).values()].flatMap((same) => {
    const [first, ...others] = same
    return first === undefined
      ? []
      : [{ ...first, absent: [first.absent, ...others.map(({ absent }) => absent)] as const }]
  })
}

/** What a package lacks of itself nobody else was to bring; in a folder that several share each brings its own (`cuda.bindings`). */
function isOfOthers(module: string, { world: { files }, interpreter }: PythonImports): boolean {
  let folders: readonly string[] = interpreter.path
  for (const part of module.split('.').slice(0, -1)) {
    const found = files.find(part, folders)
    if (found?.kind !== 'namespace') return false
    folders = found.folders
  }
  return true
}
