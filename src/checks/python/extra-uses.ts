import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { filesOf } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { importParts, partsOf } from './package-parts.ts'
import type { BrokenUse, Imported } from './python-uses.ts'
import { wholeExtras } from './requested-packages.ts'
import type { ShippedModules } from './shipped-modules.ts'

/** Parts that bear the name of an extra, all of which is there: who asks for `dask[array]` uses `dask.array`. */
export function extraUses(
  { distribution }: ShippedModules,
  tops: readonly Imported[],
  there: ReadonlySet<string>,
  world: ImportWorld,
): readonly BrokenUse[] {
  const extras = distribution === undefined ? [] : wholeExtras(distribution, there, 1)
  if (extras.length === 0) return []
  return tops.flatMap(({ run, result }) => {
    // The import of the package tells it already.
    if (result.failures.some((one) => filesOf(one).length > 0)) return []
    const parts = partsOf(run, result.module, world).filter((part) => extras.includes(normalisedName(lastOf(part))))
    return importParts(parts, run, world).flatMap(({ module, failures }) =>
      failures.flatMap((failure) => filesOf(failure).map((file): BrokenUse => ({ module, file, failure }))),
    )
  })
}

function lastOf(module: string): string {
  return module.slice(module.lastIndexOf('.') + 1)
}
