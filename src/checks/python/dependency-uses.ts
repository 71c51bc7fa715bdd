import { filesOf } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { isBroken, nativeModules } from './native-modules.ts'
import { importParts, partsOf } from './package-parts.ts'
import type { BrokenUse, Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'

// Less than this share of its parts may be adapters for what is there; pydantic keeps as many that only say that they moved.
const MOST_OF_IT = 0.4
const MOST_PARTS = 120
const FEW = 2
const DEEPEST = 3

/**
 * Uses of a package without broken native code of its own whose import loads nothing, and most parts of which fail for
 * the native code of what it requires: jwcrypto without cryptography's, cryptography without cffi's.
 */
export function dependencyUses(tops: readonly Imported[], world: ImportWorld): readonly BrokenUse[] {
  return tops.flatMap(({ run, result }) => {
    if (result.files.length > 0 || result.failures.length > 0 || result.caught.length > 0) return []
    let parts = partsOf(run, result.module, world)
    for (let depth = 0; depth < DEEPEST && parts.length > 0; depth++) {
      const uses = usesOf(parts.slice(0, MOST_PARTS), run, world)
      const failing = new Set(uses.map(({ module }) => module))
      if (failing.size > 0) return failing.size >= Math.min(parts.length, MOST_PARTS) * MOST_OF_IT ? uses : []
      // `onelogin.saml2.auth`: folders around the package.
      if (parts.length > FEW) return []
      parts = parts.flatMap((part) => partsOf(run, part, world))
    }
    return []
  })
}

function usesOf(parts: readonly string[], run: Imported['run'], world: ImportWorld): readonly BrokenUse[] {
  return importParts(parts, run, world).flatMap(({ module, failures }) =>
    failures.flatMap((failure) => filesOf(failure).map((file): BrokenUse => ({ module, file, failure }))),
  )
}

/** Whether a distribution ships a native module that cannot be imported. */
export function hasBrokenModule({ native }: ShippedModules, world: ImportWorld): boolean {
  return nativeModules(native, world).some((path) => isBroken(path, world.process, world))
}
