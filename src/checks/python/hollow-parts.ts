import type { ImportFailure } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { importParts, type PartImport, partsOf } from './package-parts.ts'
import type { Imported } from './python-uses.ts'

const MOST_PARTS = 120
const FEW = 2
const DEEPEST = 3

/** Of packages whose import loads nothing the parts that fail in a way, where these are most of them. */
export function hollowParts(
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
