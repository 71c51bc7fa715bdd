import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { firstOfEach } from '../facts/examples.ts'
import { owners } from '../facts/owners.ts'
import { endedImports } from './ended-imports.ts'
import type { Place } from './import-result.ts'
import { mainImports } from './main-imports.ts'
import type { PythonImports } from './python-imports.ts'

/** A name that one package asks for in a module of another one, whose version has none of that name. */
export type MisfitName = {
  readonly module: string
  /** `google.protobuf`, which has no `name`. */
  readonly from: string
  readonly name: string
  readonly file: string
  /** Of a library of cffi, whose names are its attributes. */
  readonly isAttribute?: true
  readonly distribution: PythonDistribution
  readonly other: PythonDistribution
  readonly place: Place
}

/**
 * Where the import of a requested package ends at a name that nothing binds. A package fits itself: what seems to be
 * lacking there is made in a way that was not followed.
 */
export function misfitNames(imports: PythonImports, subject: Subject): readonly MisfitName[] {
  const ownerOf = owners(subject.artifact)
  const byFolder = new Map(
    imports.packages.flatMap(({ distribution }) =>
      distribution === undefined ? [] : [[distribution.path, distribution] as const],
    ),
  )
  const all = endedImports(imports, subject, (one) => mainImports(one) ?? one.imports).flatMap(
    ({ module, failure, place, distribution }): readonly MisfitName[] => {
      const { cause } = failure
      if (cause.kind !== 'unbound' || distribution === undefined || failure.unsure === true) return []
      const other = byFolder.get(ownerOf(cause.file)?.folder ?? '')
      if (other === undefined || other === distribution) return []
      const { module: from, kind: _, ...asked } = cause
      return [{ ...asked, module, from, distribution, other, place }]
    },
  )
  return firstOfEach(all, ({ distribution, file }) => `${distribution.path} ${file}`)
}
