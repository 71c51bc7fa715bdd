import type { Subject } from '../check.ts'
import { firstOfEach } from '../facts/examples.ts'
import { type EndedImport, endedImports } from './ended-imports.ts'
import type { FailureCause } from './import-result.ts'
import type { PythonImports } from './python-imports.ts'

/** Code that refuses the version of a distribution that is there: generated for a newer protobuf, or as it compares by itself. */
export type OutdatedRequirement = Pick<EndedImport, 'module' | 'place' | 'distribution'> & {
  readonly cause: Extract<FailureCause, { kind: 'outdated' | 'refused' }>
}

export function outdatedRequirements(imports: PythonImports, subject: Subject): readonly OutdatedRequirement[] {
  const all = endedImports(imports, subject).flatMap(
    ({ failure: { cause, unsure }, ...ended }): readonly OutdatedRequirement[] =>
      (cause.kind === 'outdated' || cause.kind === 'refused') && unsure !== true ? [{ ...ended, cause }] : [],
  )
  return firstOfEach(all, ({ place }) => place.path)
}
