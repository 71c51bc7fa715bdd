import { MOST_OF_IT } from './dependency-uses.ts'
import { hollowParts } from './hollow-parts.ts'
import type { FailureCause } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import type { Lack } from './lacking-requirements.ts'
import type { PartImport } from './package-parts.ts'
import type { Imported } from './python-uses.ts'

const HALF_OF_IT = 0.5

/**
 * Parts of packages that lack what they require, where most of them fail for it: what brings its parts in when they are asked
 * for (`__getattr__`) can be imported, and no more.
 */
export function lackingParts(tops: readonly Imported[], lack: Lack, world: ImportWorld): readonly PartImport[] {
  const plain = tops.filter(
    ({ result }) => !result.caught.some(({ cause }) => cause.kind === 'absent' && world.lacks(cause.module)),
  )
  const required = hollowParts(plain, world, ({ cause }) => isLacked(cause, world), MOST_OF_IT, true)
  // Under which name it is imported only the one that is not there could tell; who requires it asks for it.
  return required.length > 0 || lack === 'below'
    ? required
    : hollowParts(plain, world, ({ cause }) => cause.kind === 'absent', HALF_OF_IT, true)
}

function isLacked(cause: FailureCause, world: ImportWorld): boolean {
  return cause.kind === 'absent' && world.lacks(cause.module.split('.', 1)[0] ?? cause.module)
}
