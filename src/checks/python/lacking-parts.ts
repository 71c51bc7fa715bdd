import { hollowParts } from './hollow-parts.ts'
import type { ImportWorld } from './import-world.ts'
import type { PartImport } from './package-parts.ts'
import type { Imported } from './python-uses.ts'

const HALF_OF_IT = 0.5
const LAZY = ['importlib', 'import_module', '__getattr__', 'lazy_loader', 'lazy']

/**
 * Parts of packages that lack what they require, where most of them fail for it. Such that bring their parts in when they
 * are asked for (`__getattr__`) are used by their own names, and import well.
 */
export function lackingParts(tops: readonly Imported[], world: ImportWorld): readonly PartImport[] {
  const plain = tops.filter(({ run, result: { module, caught } }) => {
    const state = run.modules.get(module)
    const isLazy = state === undefined || state.isOpen || LAZY.some((name) => state.names.has(name))
    return !isLazy && !caught.some(({ cause }) => cause.kind === 'absent' && world.lacks(cause.module))
  })
  return hollowParts(plain, world, ({ cause }) => cause.kind === 'absent', HALF_OF_IT, true)
}
