import { checkedVersions } from './checked-versions.ts'
import { innerSteps, type PythonStep } from './python-step.ts'

// Loops that import modules by name: `for name in ("numpy", "dateutil"): __import__(name)`.
const MODULE = String.raw`(?:"[A-Za-z_][\w.-]*"|'[A-Za-z_][\w.-]*')`
const NAMES = String.raw`[([]\s*(${MODULE}(?:\s*,\s*${MODULE})*)\s*,?\s*[)\]]`
const LIST = new RegExp(String.raw`^(\w+)\s*=\s*${NAMES}\s*(?:#.*)?$`, 's')
const HEADER = new RegExp(String.raw`^for\s+(\w+)\s+in\s+(?:(\w+)|${NAMES})\s*$`, 's')
// Longer ones are tables of something else.
const MOST_NAMES = 20

/** `_hard_dependencies = ("numpy", "dateutil")`: kept in `lists`, by its name. */
export function keepList(text: string, lists: Map<string, readonly string[]>): void {
  const [, name, list] = LIST.exec(text) ?? []
  if (name !== undefined && list !== undefined) lists.set(name, wordsOf(list))
}

/** The body of such a loop once for each name, or what it checks of each; any other one as it is. */
export function namedLoop(
  header: string,
  body: readonly PythonStep[],
  lists: ReadonlyMap<string, readonly string[]>,
): readonly PythonStep[] {
  const [, variable, of, list] = HEADER.exec(header) ?? []
  if (variable === undefined) return body
  const names = list === undefined ? lists.get(of ?? '') : wordsOf(list)
  if (names === undefined || names.length > MOST_NAMES) return body
  const checks = checkedVersions(variable, names, body)
  if (checks.length > 0) return [...body, ...checks]
  if (!body.some((step) => importsNamed(step, variable))) return body
  return names.flatMap((text): readonly PythonStep[] => [{ set: variable, to: { text } }, ...body])
}

function wordsOf(list: string): readonly string[] {
  return list.split(',').map((word) => word.trim().slice(1, -1))
}

function importsNamed(step: PythonStep, name: string): boolean {
  if ('importNamed' in step) return step.importNamed === name
  return innerSteps(step).some((inner) => inner.some((one) => importsNamed(one, name)))
}
