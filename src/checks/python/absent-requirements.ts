import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Requirement } from '../../inspect/python/requirement.ts'
import type { Subject } from '../check.ts'
import { endedImports } from './ended-imports.ts'
import { distributionsThere, lackingRequirements } from './lacking-requirements.ts'
import { mainImports } from './main-imports.ts'
import type { PythonImports } from './python-imports.ts'
import { isRequired, type MarkedPython } from './requirement-marker.ts'

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

/**
 * Requirements whose markers name Pythons up to the runtime's, that are not there, and without which the import of a
 * requested module fails: the layer was resolved for a newer Python. What is required everywhere may be in another layer.
 */
export function absentRequirements(imports: PythonImports, subject: Subject): readonly AbsentRequirement[] {
  const { interpreter, world } = imports
  const there = distributionsThere(pythonDistributions(world.view.facts.python))
  const ended = endedImports(imports, subject, (one) => mainImports(one) ?? one.imports)
  return ended.flatMap(({ module, failure: { cause }, place: { path }, distribution }) => {
    if (cause.kind !== 'absent' || distribution === undefined) return []
    const lacking = lackingRequirements(distribution, there, interpreter)
    // What every Python needs was left out together with it: that is another cause.
    if (!lacking.every((one) => isForOlder(one, interpreter))) return []
    const [absent = ''] = cause.module.split('.', 1)
    const requirement = lacking.find(({ name }) => name === normalisedName(absent))
    return requirement === undefined ? [] : [{ distribution, requirement: requirement.text, module, absent, path }]
  })
}

/** Required in this Python, and in newer ones no more. */
function isForOlder(requirement: Requirement, python: MarkedPython): boolean {
  return !isRequired(requirement, { ...python, minor: NEWEST })
}

const NEWEST = 99
