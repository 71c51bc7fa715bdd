import type { PackageImports } from './python-imports.ts'
import type { ShippedModules } from './shipped-modules.ts'

/**
 * Of a distribution with several modules those that bear its name: the others may be for plug-ins of what is not there.
 * `undefined`: none does.
 */
export function mainModules({ distribution, modules }: ShippedModules): readonly string[] | undefined {
  if (distribution === undefined) return undefined
  if (modules.length === 1) return modules
  const main = distribution.name.replaceAll('-', '_')
  const named = modules.filter((module) => module.toLowerCase().replaceAll('.', '_') === main)
  return named.length === 0 ? undefined : named
}

/** The imports of these. */
export function mainImports(one: PackageImports): PackageImports['imports'] | undefined {
  const main = mainModules(one)
  return main === undefined ? undefined : one.imports.filter(({ module }) => main.includes(module))
}
