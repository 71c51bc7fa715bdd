import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { hollowParts } from './hollow-parts.ts'
import type { FailureCause } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import type { PartImport } from './package-parts.ts'
import type { Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'

const HALF_OF_IT = 0.5
const LIBRARIES = /^[^/]+\.libs\//

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
    false,
  )
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
