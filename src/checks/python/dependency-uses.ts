import { filesOf, type ImportFailure } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { isBroken, nativeModules } from './native-modules.ts'
import { importParts, type PartImport, partsOf } from './package-parts.ts'
import type { BrokenUse, Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'
import { absentModule, hasNative } from './uncompiled-packages.ts'

// Less than this share of its parts may be adapters for what is there; pydantic keeps as many that only say that they moved.
const MOST_OF_IT = 0.4
const HALF_OF_IT = 0.5
const MOST_PARTS = 120
const FEW = 2
const DEEPEST = 3

/**
 * Uses of a package without broken native code of its own whose import loads nothing, and most parts of which fail for
 * the native code of what it requires: jwcrypto without cryptography's, cryptography without cffi's.
 */
export function dependencyUses(tops: readonly Imported[], world: ImportWorld): readonly BrokenUse[] {
  const idle = tops.filter(({ result }) => result.caught.length === 0)
  return hollowParts(idle, world, (failure) => filesOf(failure).length > 0, MOST_OF_IT).flatMap(
    ({ module, failures }) =>
      failures.flatMap((failure) => filesOf(failure).map((file): BrokenUse => ({ module, file, failure }))),
  )
}

/** Of packages whose import loads nothing the parts that fail in a way, where these are most of them. */
function hollowParts(
  tops: readonly Imported[],
  world: ImportWorld,
  isFailure: (failure: ImportFailure) => boolean,
  share: number,
): readonly PartImport[] {
  return tops.flatMap(({ run, result }) => {
    if (result.files.length > 0 || result.failures.length > 0) return []
    let parts = partsOf(run, result.module, world)
    for (let depth = 0; depth < DEEPEST && parts.length > 0; depth++) {
      const failing = importParts(parts.slice(0, MOST_PARTS), run, world).filter(({ failures }) =>
        failures.some(isFailure),
      )
      if (failing.length > 0) return failing.length >= Math.min(parts.length, MOST_PARTS) * share ? failing : []
      // `onelogin.saml2.auth`: folders around the package.
      if (parts.length > FEW) return []
      parts = parts.flatMap((part) => partsOf(run, part, world))
    }
    return []
  })
}

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
  return hollowParts(plain, world, ({ cause }) => cause.kind === 'absent', HALF_OF_IT)
}

/** Parts of a package without compiled files, where most of them fail for modules of its own that are not there: lxml, unbuilt. */
export function uncompiledParts(
  { distribution }: ShippedModules,
  tops: readonly Imported[],
  world: ImportWorld,
): readonly PartImport[] {
  if (distribution?.record === undefined || hasNative(distribution, world)) return []
  const { modules } = distribution.record
  return hollowParts(
    tops,
    world,
    ({ cause }) => modules.some((own) => absentModule(cause)?.startsWith(`${own}.`)),
    HALF_OF_IT,
  )
}

const LAZY = ['importlib', 'import_module', '__getattr__', 'lazy_loader', 'lazy']

/** Whether a distribution ships a native module that cannot be imported. */
export function hasBrokenModule({ native }: ShippedModules, world: ImportWorld): boolean {
  return nativeModules(native, world).some((path) => isBroken(path, world.process, world))
}
