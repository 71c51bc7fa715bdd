import { posix } from 'node:path'
import type { NodeFile, NodePackage, NodeScript } from './node-file.ts'

/**
 * Packages of JavaScript alone say nothing about native code: of their scripts nothing is kept. Kept are packages in
 * which a script loads something native, and those that depend on them, under whatever name they lie.
 */
export function nativePackages(files: readonly NodeFile[]): readonly NodeFile[] {
  const folders = new Set(files.flatMap((file) => (file.kind === 'package' ? [posix.dirname(file.path)] : [])))
  const folderOf = (path: string): string => {
    for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder)) {
      if (folders.has(folder) && isPackageFolder(folder)) return folder
    }
    return '/'
  }
  const scripts = Map.groupBy(
    files.filter((file): file is NodeScript => file.kind === 'script'),
    ({ path }) => folderOf(path),
  )
  const packages = files.filter((file): file is NodePackage => file.kind === 'package')
  const wanted = new Set<string>()
  const users = dependents(packages)
  const waiting = packages
    .filter((one) => isNative(one, scripts.get(posix.dirname(one.path)) ?? []))
    .map(({ name }) => name)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (wanted.has(name)) continue
    wanted.add(name)
    waiting.push(...(users.get(name) ?? []))
  }
  const names = new Map(packages.map(({ path, name }) => [posix.dirname(path), name]))
  const isKept = (folder: string): boolean => wanted.has(names.get(folder) ?? '') || !folder.includes('/node_modules/')
  const kept = [...scripts].flatMap(([folder, all]) => (isKept(folder) ? all : []))
  return [...packages, ...kept]
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

const LOADERS = new Set([
  'bindings',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'node-pre-gyp',
  'pkg-prebuilds',
])

function isNative(
  { os, cpu, binary, optionalDependencies, dependencies, installScripts, name }: NodePackage,
  scripts: readonly NodeScript[],
): boolean {
  if (os !== undefined || cpu !== undefined || binary !== undefined) return true
  if (LOADERS.has(name)) return false
  if ([...(dependencies ?? []), ...(optionalDependencies ?? [])].some((one) => LOADERS.has(posix.basename(one))))
    return true
  if (Object.values(installScripts ?? {}).some((script) => /gyp|prebuild|cmake-js|napi/.test(script))) return true
  return scripts.some(({ loads }) =>
    loads.some(
      ({ kind, argument }) =>
        (kind !== 'require' && kind !== 'import') ||
        /\.node$|\$\{(?:platform|arch)\}|\/(?:Release|Debug)\//.test(argument),
    ),
  )
}
