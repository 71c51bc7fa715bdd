import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { endedImports } from './ended-imports.ts'
import type { ImportFailure, Place } from './import-result.ts'
import type { PythonImports } from './python-imports.ts'
import { lackedModule, type OtherPython } from './standard-names.ts'

/** The import of a requested module that ends at something of the standard library or the language which only other Pythons have. */
export type MadeForOtherPython = OtherPython & {
  /** Whose code it is; absent: it has no metadata. */
  readonly distribution?: PythonDistribution
  readonly module: string
  /** `typing.override`, `tomllib`. */
  readonly lacks: string
  /** Words of the language instead: `a match statement`. */
  readonly isSyntax?: true
  readonly place: Place
}

export function madeForOtherPython(imports: PythonImports, subject: Subject): readonly MadeForOtherPython[] {
  const { minor } = imports.interpreter
  return endedImports(imports, subject).flatMap(({ failure, ...ended }) => {
    const lack = lackOf(failure, minor)
    return lack === undefined ? [] : [{ ...lack, ...ended }]
  })
}

type Lack = OtherPython & Pick<MadeForOtherPython, 'lacks' | 'isSyntax'>

function lackOf({ cause }: ImportFailure, minor: number): Lack | undefined {
  if (cause.kind === 'newer-syntax') return { ...cause.by, lacks: cause.what, isSyntax: true }
  if (cause.kind === 'lacked') return { ...cause.by, lacks: `${cause.module}.${cause.name}` }
  if (cause.kind !== 'absent') return undefined
  const other = lackedModule(cause.module, minor)
  return other === undefined ? undefined : { ...other, lacks: cause.module }
}
