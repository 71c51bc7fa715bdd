import { MOST_OF_IT } from './dependency-uses.ts'
import { hollowParts } from './hollow-parts.ts'
import type { ImportWorld } from './import-world.ts'
import type { PackageImports } from './python-imports.ts'
import type { Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'
import { absentModule, hasNative } from './uncompiled-parts.ts'

/**
 * Adds to packages whose import loads nothing their parts, where most of them fail for modules of a package that they require
 * and that was never compiled: pydantic's, without pydantic-core's.
 */
export function withUncompiled(
  packages: readonly PackageImports[],
  topsOf: (one: PackageImports) => readonly Imported[],
  reached: (one: ShippedModules) => ReadonlySet<string>,
  world: ImportWorld,
): readonly PackageImports[] {
  const uncompiled = packages.filter((one) => !one.isRequested && endsAtItsOwn(one, world))
  if (uncompiled.length === 0) return packages
  return packages.map((one) => {
    if (!one.isRequested || one.lackingParts.length > 0) return one
    const names = reached(one)
    const modules = uncompiled.flatMap(({ distribution }) =>
      distribution !== undefined && names.has(distribution.name) ? ownModules(distribution) : [],
    )
    if (modules.length === 0) return one
    return {
      ...one,
      lackingParts: hollowParts(
        topsOf(one),
        world,
        ({ cause }) => isOf(absentModule(cause), modules),
        MOST_OF_IT,
        true,
      ),
    }
  })
}

function endsAtItsOwn({ distribution, imports }: PackageImports, world: ImportWorld): boolean {
  if (distribution === undefined) return false
  const modules = ownModules(distribution)
  const ends = imports.some(({ failures }) => failures.some(({ cause }) => isOf(absentModule(cause), modules)))
  return ends && !hasNative(distribution, world)
}

function ownModules({ record }: NonNullable<ShippedModules['distribution']>): readonly string[] {
  return record?.modules ?? []
}

function isOf(absent: string | undefined, modules: readonly string[]): boolean {
  return modules.some((own) => absent?.startsWith(`${own}.`))
}
