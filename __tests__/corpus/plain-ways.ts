import type { CorpusPackage, Damage, Install, RuntimeName } from './install.ts'
import { drawn, installsOf } from './variants.ts'

// What most often goes wrong: made on another machine or for another Python, one compiled file that did not come through,
// and what was left out on purpose.
const MADE_ELSEWHERE = ['py3.12', 'py3.13', 'arm64', 'mac-arm64', 'windows', 'musl']
const ONE_FILE: readonly Damage[] = ['largest-deleted', 'largest-halved', 'largest-emptied', 'largest-git-lfs']
const DAMAGED: readonly Damage[] = [...ONE_FILE, 'no-deps', 'metadata-deleted']
// Install scripts are in none of Node.js's: the good install is without them too.
const OF_NODE: readonly string[] = [...MADE_ELSEWHERE, 'no-optional', ...ONE_FILE]

/** The good install, and `count` of the plain ways that go wrong, drawn by a hash. */
export function plainOf(wanted: CorpusPackage, runtime: RuntimeName, count: number): readonly Install[] {
  const [right, ...others] = installsOf(wanted, runtime)
  if (right === undefined) return []
  if (runtime.startsWith('nodejs'))
    return drawn([right, ...others.filter(({ variant }) => OF_NODE.includes(variant))], count)
  const elsewhere = others.filter(({ variant }) => MADE_ELSEWHERE.includes(variant))
  const damaged = DAMAGED.map(
    (damage): Install => ({ ...right, id: right.id.replace(/[^/]+$/, damage), variant: damage, damage }),
  )
  return drawn([right, ...elsewhere, ...damaged], count)
}
