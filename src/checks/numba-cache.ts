import type { Plan } from '../plan/plan.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { placed } from './python/import-result.ts'
import { noPython } from './python/no-python.ts'
import { CACHE_VARIABLES } from './python/numba-cache.ts'
import { pythonImports } from './python/python-imports.ts'
import { breaks } from './python/python-needs.ts'
import { requestedFailures } from './python/requested-failures.ts'

const ID = 'numba-cache'

export const numbaCache: Check = {
  id: ID,
  title: 'What numba compiles has a folder to be kept in',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...noPython(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const { plan } = subject
  if (isGiven(plan.smoke)) return []
  const imports = pythonImports(subject, view)
  const failing =
    imports === undefined ? [] : requestedFailures(imports).filter(({ cause }) => cause.kind === 'no-cache')
  // One setting mends all of them.
  const [first] = failing
  if (first === undefined) return []
  const { module, place } = first
  const owner = owners(subject.artifact)(place.path)
  return [
    {
      rule: ID,
      level: 'error',
      confidence: view.confidence,
      subject: place.path,
      ...(owner === undefined ? {} : { owner: owner.purl }),
      ...breaks(failing),
      message: `${code(`import ${module}`)} fails: numba is to keep what it compiles beside the source (${code('cache=True')}, ${placed(place)}), and on Lambda nothing but ${code('/tmp')} can be written (${code('no locator available')})`,
      expected: 'a folder that can be written',
      actual: 'none',
      help: HELP[plan.kind],
      ...examplesOf(failing.map((one) => placed(one.place))),
    },
  ]
}

/** What the smoke is given the function is said to have; by name, as values are never shown. */
function isGiven(smoke: Plan['smoke'] | undefined): boolean {
  // Evidence that an earlier version wrote has no smoke in its plan.
  return smoke !== undefined && 'environment' in smoke && CACHE_VARIABLES.some((name) => name in smoke.environment)
}

const HELP = {
  image: 'Name a folder that can be written, in the Dockerfile.\nENV NUMBA_CACHE_DIR=/tmp/numba',
  layer:
    'Set `NUMBA_CACHE_DIR=/tmp/numba` in the environment of every function that uses the layer, and tell the action that they have it.\nsmoke-env: NUMBA_CACHE_DIR=/tmp/numba',
} as const
