import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { endedImports } from './ended-imports.ts'
import type { Place } from './import-result.ts'
import { mainImports } from './main-imports.ts'
import type { PythonImports } from './python-imports.ts'

/** A package without any compiled file whose import ends at a module of its own that is not there: its sources, unbuilt. */
export type UncompiledPackage = {
  readonly distribution: PythonDistribution
  readonly module: string
  /** `hiredis.hiredis`. */
  readonly absent: string
  readonly place: Place
}

const LIBRARIES = /^[^/]+\.libs\//

/** Where a package has compiled files, these may make the module while they load, and RECORD tells what was lost. */
export function uncompiledPackages(imports: PythonImports, subject: Subject): readonly UncompiledPackage[] {
  const all = endedImports(imports, subject, (one) => mainImports(one) ?? one.imports).flatMap(
    ({ module, failure: { cause }, place, distribution }): readonly UncompiledPackage[] => {
      if (cause.kind !== 'absent' || distribution?.record === undefined || hasNative(distribution, imports)) return []
      const isOwn = distribution.record.modules.some((own) => cause.module.startsWith(`${own}.`))
      return isOwn ? [{ distribution, module, absent: cause.module, place }] : []
    },
  )
  return [...new Map(all.toReversed().map((one) => [one.distribution.path, one])).values()].toReversed()
}

/** Of its folders too: RECORD may be older than what lies there. What auditwheel put beside them is not the package's. */
function hasNative({ path, record }: PythonDistribution, { world: { view } }: PythonImports): boolean {
  if (record === undefined || record.native.some((file) => !LIBRARIES.test(file))) return true
  const site = path.slice(0, path.lastIndexOf('/'))
  const folders = record.modules.map((module) => `${site}/${module.replaceAll('.', '/')}/`)
  return [...view.tree.elf.keys()].some((file) => folders.some((folder) => file.startsWith(folder)))
}
