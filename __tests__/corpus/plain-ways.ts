import type { CorpusPackage, Damage, Install, RuntimeName } from './install.ts'
import { drawn, installsOf } from './variants.ts'

// What most often goes wrong: made on another machine or for another Python, one compiled file that did not come through,
// and what was left out on purpose.
const MADE_ELSEWHERE = ['py3.12', 'py3.13', 'arm64', 'mac-arm64', 'windows', 'musl']
const DAMAGED: readonly Damage[] = [
  'largest-deleted',
  'largest-halved',
  'largest-emptied',
  'largest-git-lfs',
  'no-deps',
  'metadata-deleted',
]

/** The good install of Python packages, and `count` of the plain ways that go wrong, drawn by a hash. */
export function plainOf(wanted: CorpusPackage, runtime: RuntimeName, count: number): readonly Install[] {
  const [right, ...others] = installsOf(wanted, runtime)
  if (right === undefined) return []
  const elsewhere = others.filter(({ variant }) => MADE_ELSEWHERE.includes(variant))
  const damaged = DAMAGED.map(
    (damage): Install => ({ ...right, id: right.id.replace(/[^/]+$/, damage), variant: damage, damage }),
  )
  return drawn([right, ...elsewhere, ...damaged], count)
}
