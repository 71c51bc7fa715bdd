import { filesOf } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { isBroken, nativeModules } from './native-modules.ts'
import { importPart, partsOf } from './package-parts.ts'
import type { BrokenUse, Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'

// Less than this share of its parts may be adapters for what is there.
const MOST_OF_IT = 0.5
const MOST_PARTS = 120

/**
 * Uses of a package without native code of its own whose import loads nothing, and most parts of which fail for the native
 * code of what it requires: jwcrypto without cryptography's.
 */
export function dependencyUses(tops: readonly Imported[], world: ImportWorld): readonly BrokenUse[] {
  return tops.flatMap(({ run, result }) => {
    if (result.files.length > 0 || result.failures.length > 0 || result.caught.length > 0) return []
    const parts = partsOf(run, result.module, world).slice(0, MOST_PARTS)
    const uses = parts.flatMap((module) =>
      importPart(module, run, world).failures.flatMap((failure) =>
        filesOf(failure).map((file): BrokenUse => ({ module, file, failure })),
      ),
    )
    const failing = new Set(uses.map(({ module }) => module))
    return failing.size > 0 && failing.size >= parts.length * MOST_OF_IT ? uses : []
  })
}

/** Whether a distribution ships a native module that cannot be imported. */
export function hasBrokenModule({ distribution }: ShippedModules, world: ImportWorld): boolean {
  if (distribution?.record === undefined) return false
  return nativeModules(distribution, world).some((path) => isBroken(path, world.process, world))
}
