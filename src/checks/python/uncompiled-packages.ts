import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { endedImports } from './ended-imports.ts'
import type { FailureCause, Place } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { mainImports } from './main-imports.ts'
import type { PackageImports, PythonImports } from './python-imports.ts'

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
  return [...new Map(all.toReversed().map((one) => [one.distribution.path, one])).values()].toReversed()
}

/** Of a package's own name that nothing in it binds nobody can tell whether it was a module: mostly it was. */
export function absentModule(cause: FailureCause): string | undefined {
  if (cause.kind === 'absent') return cause.module
  return cause.kind === 'unbound' && cause.file.endsWith('/__init__.py') ? `${cause.module}.${cause.name}` : undefined
}

/** Of its folders too: RECORD may be older than what lies there. What auditwheel put beside them is not the package's. */
export function hasNative({ path, record }: PythonDistribution, { view }: ImportWorld): boolean {
  if (record === undefined || record.native.some((file) => !LIBRARIES.test(file))) return true
  const site = path.slice(0, path.lastIndexOf('/'))
  const folders = record.modules.map((module) => `${site}/${module.replaceAll('.', '/')}/`)
  return [...view.tree.elf.keys()].some((file) => folders.some((folder) => file.startsWith(folder)))
}
