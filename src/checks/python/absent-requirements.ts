import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { normalisedName, requirementName } from '../../inspect/python/requirement-name.ts'
import type { Subject } from '../check.ts'
import { endedImports } from './ended-imports.ts'
import type { PythonImports } from './python-imports.ts'

/** A distribution of which somebody left out what it requires in this Python only. */
export type AbsentRequirement = {
  readonly distribution: PythonDistribution
  /** As written, with its marker: `typing-extensions>=4.2; python_version < "3.13"`. */
  readonly requirement: string
  /** What a user imports, and what that import does not find. */
  readonly module: string
  readonly absent: string
  readonly path: string
}

// One comparison alone: other markers ask for the system or for extras.
const OF_PYTHON = /;\s*\(?\s*python_version\s*(<=?)\s*["']3\.(\d+)["']\s*\)?\s*$/

/**
 * Requirements whose markers name Pythons up to the runtime's, that are not there, and without which the import of a
 * requested module fails: the layer was resolved for a newer Python. What is required everywhere may be in another layer.
 */
export function absentRequirements(imports: PythonImports, subject: Subject): readonly AbsentRequirement[] {
  const { minor } = imports.interpreter
  return endedImports(imports, subject).flatMap(({ module, failure: { cause }, place: { path }, distribution }) => {
    if (cause.kind !== 'absent' || distribution === undefined) return []
    const [absent = ''] = cause.module.split('.', 1)
    const requirement = distribution.requires?.find((one) => names(one, absent) && holds(one, minor))
    return requirement === undefined ? [] : [{ distribution, requirement, module, absent, path }]
  })
}

function names(requirement: string, module: string): boolean {
  return requirementName(requirement) === normalisedName(module)
}

function holds(requirement: string, minor: number): boolean {
  const [, operator, than] = OF_PYTHON.exec(requirement) ?? []
  return operator !== undefined && (minor < Number(than) || (operator === '<=' && minor === Number(than)))
}
