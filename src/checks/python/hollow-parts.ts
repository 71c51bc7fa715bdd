import { isWithin } from '../facts/image-tree.ts'
import type { ImportFailure, ModuleImport } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { importParts, type PartImport, partsOf } from './package-parts.ts'
import type { Imported } from './python-uses.ts'

const MOST_PARTS = 120
const FEW = 2
const DEEPEST = 3

/**
 * Of packages whose import loads nothing the parts that fail in a way, where these are most of them. `deeply`: folders that load
 * nothing either are looked into however many there are, as reportlab's.
 */
export function hollowParts(
  tops: readonly Imported[],
  world: ImportWorld,
  isFailure: (failure: ImportFailure) => boolean,
  share: number,
  deeply: boolean,
): readonly PartImport[] {
  return tops.flatMap(({ run, result }) => {
    if (loadsNative(result, world) || result.failures.length > 0) return []
    const failing: PartImport[] = []
    // Modules that can be imported, and have none below them.
    let sound = 0
    let parts = partsOf(run, result.module, world)
    for (let depth = 0; depth < DEEPEST && parts.length > 0; depth++) {
      const tried = importParts(parts.slice(0, MOST_PARTS), run, world)
      const good = tried.filter(({ failures }) => !failures.some(isFailure))
      failing.push(...tried.filter((part) => !good.includes(part)))
      if (failing.length > 0 && failing.length >= (sound + good.length + failing.length) * share) return failing
      // `onelogin.saml2.auth`: folders around the package.
      if (!deeply && (failing.length > 0 || parts.length > FEW)) return []
      const below = good.map(({ module }) => partsOf(run, module, world))
      sound += below.filter((inner) => inner.length === 0).length
      parts = below.flat()
    }
    return []
  })
}

/** Any but the standard library's. */
function loadsNative({ files }: ModuleImport, { interpreter: { standardLibrary } }: ImportWorld): boolean {
  return files.some(({ file }) => standardLibrary === undefined || !isWithin(file, standardLibrary))
}
