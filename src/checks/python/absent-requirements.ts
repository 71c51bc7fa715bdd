import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { owners } from '../facts/owners.ts'
import { isNative } from './import-run.ts'
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
export function absentRequirements(
  { packages, interpreter: { minor, standardLibrary } }: PythonImports,
  { artifact }: Subject,
): readonly AbsentRequirement[] {
  if (standardLibrary === undefined) return []
  const ownerOf = owners(artifact)
  const byFolder = new Map(
    packages.flatMap(({ distribution }) => (distribution === undefined ? [] : [[distribution.path, distribution]])),
  )
  return packages.flatMap(({ isRequested, imports }) =>
    imports.flatMap(({ module, failures }) => {
      // Native code for another Python says it already.
      if (!isRequested || failures.some(({ cause }) => isNative(cause))) return []
      return failures.flatMap(({ cause, chain }): readonly AbsentRequirement[] => {
        const path = chain.at(-1)?.path
        const distribution = path === undefined ? undefined : byFolder.get(ownerOf(path)?.folder ?? '')
        if (cause.kind !== 'absent' || path === undefined || distribution === undefined) return []
        const [absent = ''] = cause.module.split('.', 1)
        const requirement = distribution.requires?.find((one) => names(one, absent) && holds(one, minor))
        return requirement === undefined ? [] : [{ distribution, requirement, module, absent, path }]
      })
    }),
  )
}

function names(requirement: string, module: string): boolean {
  const [, name = ''] = /^\s*([\w.-]+)/.exec(requirement) ?? []
  return normal(name) === normal(module)
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function holds(requirement: string, minor: number): boolean {
  const [, operator, than] = OF_PYTHON.exec(requirement) ?? []
  return operator !== undefined && (minor < Number(than) || (operator === '<=' && minor === Number(than)))
}
