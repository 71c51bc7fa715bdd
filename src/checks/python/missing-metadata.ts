import { firstOfEach } from '../facts/examples.ts'
import type { Place } from './import-result.ts'
import type { PythonImports } from './python-imports.ts'
import { requestedFailures } from './requested-failures.ts'

/** A distribution whose metadata the import of a requested module asks for, and that has none. */
export type MissingMetadata = { readonly name: string; readonly module: string; readonly place: Place }

export function missingMetadata(imports: PythonImports): readonly MissingMetadata[] {
  const all = requestedFailures(imports).flatMap(({ module, cause, place }): readonly MissingMetadata[] =>
    cause.kind === 'no-metadata' ? [{ name: cause.distribution, module, place }] : [],
  )
  // Every package that imports it fails: the first one tells.
  return firstOfEach(all, ({ name }) => name)
}
