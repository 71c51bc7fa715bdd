import type { Finding, Subject } from '../check.ts'
import { examplesOf, groupBy } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, listed, shellWord } from '../facts/wording.ts'
import { nobody, otherLayer } from './absence-findings.ts'
import { placed } from './import-result.ts'
import type { MissingRequirement } from './missing-requirements.ts'
import { installPython } from './pip-install.ts'
import { breaks } from './python-needs.ts'

const MOST_NAMED = 5

/** Installed with `--no-deps`, or packages that somebody took out to save space: one finding for whoever requires them. */
export function withoutRequirements(
  missing: readonly MissingRequirement[],
  subject: Subject,
  view: RuntimeView,
): readonly Finding[] {
  const byRequirer = groupBy(missing, ({ requiredBy }) => requiredBy[0]?.path ?? '')
  return [...byRequirer.values()].map((same) => finding(same as Same, subject, view))
}

type Same = readonly [MissingRequirement, ...MissingRequirement[]]

function finding(same: Same, subject: Subject, view: RuntimeView): Finding {
  const failing = same.filter(({ failure }) => failure !== undefined)
  const failures = failing.flatMap(({ failure }) => failure ?? [])
  const [failure] = failures
  const { name } = failing[0] ?? same[0]
  const [requirer] = same[0].requiredBy
  const all = named(same)
  return {
    rule: 'python-record',
    ...(failure === undefined
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence, ...breaks(failures) } as const)),
    subject: requirer?.path ?? name,
    owner: `pkg:pypi/${name}`,
    message: message(same, failing, subject),
    expected: all,
    actual: same.length === 1 ? `no ${all}` : 'none of them',
    help: `Install with dependencies, without \`--no-deps\`.${otherLayer(name, subject)}\n${installPython(wanted(same), subject, view)}`,
    ...examplesOf([...new Set(same.flatMap(({ requiredBy }) => requiredBy.map(({ path }) => path)))]),
  }
}

function message(same: Same, failing: readonly MissingRequirement[], subject: Subject): string {
  const [first] = failing
  const requirers = same.length === 1 ? same[0].requiredBy : same[0].requiredBy.slice(0, 1)
  const by = listed(
    requirers.map(({ name, version }) => code(`${name} ${version}`)),
    3,
  )
  const asked = `${by} ${requirers.length === 1 ? 'requires' : 'require'} ${named(failing.length > 0 ? failing : same)}, which ${nobody(subject)} has`
  if (first?.failure === undefined) {
    return `${asked}; the import does not ask for ${same.length === 1 ? 'it' : 'them'}, a call may`
  }
  const { module, absent, place } = first.failure
  const others = same.filter((one) => !failing.includes(one))
  const later = others.length === 0 ? '' : `; a call may ask for ${named(others)} too`
  return `${asked}, and \`import ${module}\` fails (\`No module named '${absent}'\`, asked for by ${placed(place)})${later}`
}

function named(missing: readonly MissingRequirement[]): string {
  return listed(
    missing.map(({ name }) => code(name)),
    MOST_NAMED,
  )
}

/** One that is missing by its name; of several the package that brings them, in the version that is there. */
function wanted(same: Same): string {
  const [{ name, requiredBy }] = same
  const [requirer] = requiredBy
  return shellWord(same.length === 1 || requirer === undefined ? name : `${requirer.name}==${requirer.version}`)
}
