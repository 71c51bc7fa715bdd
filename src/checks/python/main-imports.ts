import type { PackageImports } from './python-imports.ts'

/**
 * Of a distribution with several modules those that bear its name: the others may be for plug-ins of what is not there.
 * `undefined`: none does.
 */
export function mainImports({ distribution, imports, modules }: PackageImports): PackageImports['imports'] | undefined {
  if (distribution === undefined) return undefined
  if (modules.length === 1) return imports
  const main = distribution.name.replaceAll('-', '_')
  const named = imports.filter(({ module }) => module.toLowerCase().replaceAll('.', '_') === main)
  return named.length === 0 ? undefined : named
}
