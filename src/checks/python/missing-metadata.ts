import { firstOfEach } from '../facts/examples.ts'
import type { Place } from './import-result.ts'
import type { PythonImports } from './python-imports.ts'

/** A distribution whose metadata the import of a requested module asks for, and that has none. */
export type MissingMetadata = { readonly name: string; readonly module: string; readonly place: Place }

export function missingMetadata({ packages }: PythonImports): readonly MissingMetadata[] {
  const all = packages
    .filter(({ isRequested }) => isRequested)
    .flatMap(({ imports }) =>
      imports.flatMap(({ module, failures }) =>
        failures.flatMap(({ cause, chain }): readonly MissingMetadata[] => {
          const place = chain.at(-1)
          return cause.kind !== 'no-metadata' || place === undefined
            ? []
            : [{ name: cause.distribution, module, place }]
        }),
      ),
    )
  // Every package that imports it fails: the first one tells.
  return firstOfEach(all, ({ name }) => name)
}
