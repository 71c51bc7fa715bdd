import type { FailureCause, Place } from './import-result.ts'
import type { PythonImports } from './python-imports.ts'

/** Why the import of a requested module fails, and the statement that it ends at. */
export type RequestedFailure = { readonly module: string; readonly cause: FailureCause; readonly place: Place }

/** Of all requested packages, whatever was read of the runtime; what fails without any statement of a source is left out. */
export function requestedFailures({ packages }: Pick<PythonImports, 'packages'>): readonly RequestedFailure[] {
  return packages
    .filter(({ isRequested }) => isRequested)
    .flatMap(({ imports }) => imports)
    .flatMap(({ module, failures }) =>
      failures.flatMap(({ cause, chain }) => {
        const place = chain.at(-1)
        return place === undefined ? [] : [{ module, cause, place }]
      }),
    )
}
