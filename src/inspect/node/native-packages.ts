import { posix } from 'node:path'
import type { NodePackage, NodeScript } from './node-file.ts'
import { LOADERS } from './require-names.ts'

/**
 * Packages in which a script loads something native, and those that depend on them, by name: wherever they lie.
 * `native`: folders in which a script does.
 */
export function nativePackages(packages: readonly NodePackage[], native: ReadonlySet<string>): ReadonlySet<string> {
  const wanted = new Set<string>()
  const users = dependents(packages)
  const waiting = packages.filter((one) => isNative(one, native)).map(({ name }) => name)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (wanted.has(name)) continue
    wanted.add(name)
    waiting.push(...(users.get(name) ?? []))
  }
  return wanted
}

/** The package folder of a script, `/` without any. */
export function folderFinder(packages: readonly NodePackage[]): (path: string) => string {
  const folders = new Set(packages.map(({ path }) => posix.dirname(path)).filter(isPackageFolder))
  const known = new Map<string, string>()
  const find = (folder: string): string => {
    if (folder.length <= 1) return '/'
    const found = known.get(folder) ?? (folders.has(folder) ? folder : find(posix.dirname(folder)))
    known.set(folder, found)
    return found
  }
  return (path) => find(posix.dirname(path))
}

/** `node_modules/a` and `node_modules/@a/b`, and folders outside of node_modules. */
function isPackageFolder(folder: string): boolean {
  const [, inside] = /^.*\/node_modules\/(.*)$/.exec(folder) ?? []
  return inside === undefined || inside.split('/').length === (inside.startsWith('@') ? 2 : 1)
}

function dependents(packages: readonly NodePackage[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { name, dependencies, optionalDependencies, peerDependencies } of packages) {
    for (const one of [...(dependencies ?? []), ...(optionalDependencies ?? []), ...(peerDependencies ?? [])]) {
      const known = users.get(one)
      if (known === undefined) users.set(one, [name])
      else known.push(name)
    }
  }
  return users
}

/** Variants of a package, each for one platform, whether they are installed or not. */
export const PLATFORM_PACKAGE = /(?:linux|darwin|win32|windows)-(?:x?64|arm64|musl|gnu)/

function isNative(
  { path, os, cpu, binary, optionalDependencies, dependencies, installScripts, name }: NodePackage,
  native: ReadonlySet<string>,
): boolean {
  if (os !== undefined || cpu !== undefined || binary !== undefined) return true
  if ((optionalDependencies ?? []).some((one) => PLATFORM_PACKAGE.test(one))) return true
  if (Object.hasOwn(LOADERS, name)) return false
  if (
    [...(dependencies ?? []), ...(optionalDependencies ?? [])].some((one) =>
      Object.hasOwn(LOADERS, posix.basename(one)),
    )
  )
    return true
  if (Object.values(installScripts ?? {}).some((script) => /gyp|prebuild|cmake-js|napi/.test(script))) return true
  return native.has(posix.dirname(path))
}

/** By more than the name of a module. */
export function loadsNative({ loads }: NodeScript): boolean {
  return loads.some(
    ({ kind, argument }) =>
      (kind !== 'require' && kind !== 'import') ||
      /\.node$|\$\{(?:platform|arch)\}|\/(?:Release|Debug)\//.test(argument),
  )
}
