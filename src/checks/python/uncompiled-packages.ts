import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { firstOfEach } from '../facts/examples.ts'
import { endedImports } from './ended-imports.ts'
import type { Place } from './import-result.ts'
import { mainImports } from './main-imports.ts'
import type { PackageImports, PythonImports } from './python-imports.ts'
import { absentModule, hasNative } from './uncompiled-parts.ts'

/** A package without any compiled file whose import ends at a module of its own that is not there: its sources, unbuilt. */
export type UncompiledPackage = {
  readonly distribution: PythonDistribution
  readonly module: string
  /** `hiredis.hiredis`. */
  readonly absent: string
  readonly place: Place
}

/** Where a package has compiled files, these may make the module while they load, and RECORD tells what was lost. */
export function uncompiledPackages(imports: PythonImports, subject: Subject): readonly UncompiledPackage[] {
  const considered = (one: PackageImports) => [...(mainImports(one) ?? one.imports), ...one.lackingParts]
  const all = endedImports(imports, subject, considered).flatMap(
    ({ module, failure: { cause }, place, distribution }): readonly UncompiledPackage[] => {
      const absent = absentModule(cause)
      if (absent === undefined || distribution?.record === undefined || hasNative(distribution, imports.world))
        return []
      const isOwn = distribution.record.modules.some((own) => absent.startsWith(`${own}.`))
      return isOwn ? [{ distribution, module, absent, place }] : []
    },
  )
  return firstOfEach(all, ({ distribution }) => distribution.path)
}
