import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { PLATFORM_PACKAGE } from './native-packages.ts'
import type { NodePackage } from './node-file.ts'
import type { ScriptSource } from './script-source.ts'

/** Of a package's entry, which names what a generator has to make first. */
const LARGEST_ENTRY = 32 * 1024
const BUILTIN = new Set(builtinModules)

/** Modules that installed packages ask for and that are nowhere, and the folders of these packages. */
export type MissingModules = { readonly names: ReadonlySet<string>; readonly folders: ReadonlySet<string> }

/**
 * Dependencies that were not installed, or were taken away; and folders that no registry has, as their names begin with a dot
 * (`.prisma/client`). Whether anything fails for want of them is not decided here.
 */
export function missingModules(
  packages: readonly NodePackage[],
  entries: (name: string) => readonly ScriptSource[],
): MissingModules {
  const installed = new Set(packages.flatMap(({ path, name }) => [name, nameOf(path)]))
  const names = new Set<string>()
  const folders = new Set<string>()
  for (const { path, name, dependencies = [], optionalDependencies = [] } of packages) {
    if (nameOf(path) === '') continue
    const declared = [...dependencies, ...leftOut(optionalDependencies, installed)]
    const missing = [...declared, ...generated(entries(name))].filter(
      (one) => !installed.has(one) && !BUILTIN.has(one) && !one.startsWith('@types/'),
    )
    for (const one of missing) names.add(one)
    if (missing.length > 0) folders.add(posix.dirname(path))
  }
  return { names, folders }
}

/** Of `--omit=optional`: none of those that are for every platform is there. */
function leftOut(optional: readonly string[], installed: ReadonlySet<string>): readonly string[] {
  const portable = optional.filter((one) => !PLATFORM_PACKAGE.test(one))
  return portable.some((one) => installed.has(one)) ? [] : portable
}

/** Name by the folder: of `npm install other@npm:package` it is the only one that others know. */
function nameOf(path: string): string {
  return /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? ''
}

function generated(entries: readonly ScriptSource[]): readonly string[] {
  return entries
    .filter(({ text }) => text.size <= LARGEST_ENTRY)
    .flatMap(({ text }) => [...text.names().names])
    .flatMap((name) => /^\.[a-z][\w-]*(?:\/[\w-]+)?/i.exec(name)?.[0] ?? [])
}
