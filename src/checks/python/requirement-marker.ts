import { satisfies, validRange } from '@renovatebot/pep440'
import { type Comparison, isJoined, type Marker, textOf } from '../../inspect/python/environment-marker.ts'
import type { Requirement } from '../../inspect/python/requirement.ts'
import { architectureRow } from '../../lambda/architecture.ts'
import { ownValue } from '../../own-value.ts'
import type { Interpreter } from './interpreter.ts'

/** What environment markers ask of a Python on Lambda. */
export type MarkedPython = Pick<Interpreter, 'minor' | 'patch' | 'architecture'>

/** True when it is certain to be required here, without extras. */
export function isRequired({ marker }: Requirement, python: MarkedPython): boolean {
  return marker === undefined || (marker !== 'unreadable' && holds(marker, valuesOf(python)) === true)
}

/** True when no extra makes it required here: only other systems, or other Pythons, ask for it. */
export function isRuledOut({ marker }: Requirement, python: MarkedPython): boolean {
  if (marker === undefined || marker === 'unreadable') return false
  const { extra: _, ...known } = valuesOf(python)
  return holds(marker, known) === false
}

type Values = Readonly<Record<string, string>>

/** "Dependency specifiers" of packaging.python.org; what is not here (the kernel's release) nobody knows. */
function valuesOf({ minor, patch = LATE, architecture }: MarkedPython): Values {
  return {
    python_version: `3.${minor}`,
    python_full_version: `3.${minor}.${patch}`,
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: architectureRow(architecture).debian.split('-', 1)[0] ?? '',
    platform_python_implementation: 'CPython',
    implementation_name: 'cpython',
    extra: '',
  }
}

// Of the patch release markers ask where an old one lacks something: the one that nobody knows is newer.
const LATE = 99

/** `undefined`: nobody knows. */
function holds(marker: Marker, values: Values): boolean | undefined {
  if (!isJoined(marker)) return compared(marker, values)
  const sides = [holds(marker.left, values), holds(marker.right, values)]
  const deciding = marker.operator === 'or'
  return sides.includes(deciding) ? deciding : sides.includes(undefined) ? undefined : !deciding
}

function compared({ left, operator, right }: Comparison, values: Values): boolean | undefined {
  const [one, other] = [left, right].map((side) => textOf(side) ?? ownValue(values, side))
  if (one === undefined || other === undefined) return undefined
  const range = `${operator}${other}`
  if (VERSIONS.test(`${left} ${right}`) && validRange(range)) return satisfies(one, range, { prereleases: true })
  switch (operator) {
    case '==':
      return one === other
    case '!=':
      return one !== other
    case 'in':
      return other.includes(one)
    case 'not in':
      return !other.includes(one)
    default:
      return undefined
  }
}

const VERSIONS = /\bpython_(?:full_)?version\b/
