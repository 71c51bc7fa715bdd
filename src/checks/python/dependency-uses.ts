import { hollowParts } from './hollow-parts.ts'
import { filesOf, guardedFiles } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { hidesItsSource, isBroken, nativeModules } from './native-modules.ts'
import type { BrokenUse, Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'

// Less than this share of its parts may be adapters for what is there; pydantic keeps as many that only say that they moved.
export const MOST_OF_IT = 0.4

/**
 * Uses of a package without broken native code of its own whose import loads nothing, and most parts of which fail for
 * the native code of what it requires: jwcrypto without cryptography's, cryptography without cffi's.
 */
export function dependencyUses(tops: readonly Imported[], world: ImportWorld): readonly BrokenUse[] {
  // Who meets it and goes on is prepared to do without.
  const idle = tops.filter(({ result }) => result.caught.every((one) => guardedFiles(one).length === 0))
  return hollowParts(idle, world, (failure) => filesOf(failure).length > 0, MOST_OF_IT, true).flatMap(
    ({ module, failures }) =>
      failures.flatMap((failure) => filesOf(failure).map((file): BrokenUse => ({ module, file, failure }))),
  )
}

/** Whether a distribution ships a native module that cannot be imported. */
export function hasBrokenModule({ native }: ShippedModules, world: ImportWorld): boolean {
  return (
    nativeModules(native, world).some((path) => isBroken(path, world.process, world)) || hidesItsSource(native, world)
  )
}
