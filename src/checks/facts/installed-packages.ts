import type { Evidence, OsRelease } from '../../inspect/evidence.ts'
import { type LibraryPackage, libraryPackage } from '../../lambda/library-packages.ts'

/** A package as the system's own inventory lists it; `version` as the distribution writes it. */
export type InstalledPackage = { readonly name: string; readonly version: string }

/** Distributions that our table of packages speaks of. */
export type PackageSystem = Exclude<keyof LibraryPackage, 'soname'>

export function packageSystem(os: OsRelease | undefined): PackageSystem | undefined {
  if (os?.id === 'amzn') return os.versionId === '2' ? 'al2' : 'al2023'
  return os?.id === 'debian' || os?.id === 'ubuntu' ? 'debian' : undefined
}

// Debian's packages hold no list of files that is read: by its path a file is the distribution's, or somebody's own.
const SYSTEM_FOLDER = /^\/(?:usr\/)?lib(?:64)?\//

/**
 * The installed package that a system's library comes from: our table names it, the inventory confirms it. `undefined`:
 * nobody knows, or the inventory has no such package.
 */
export function packageOfLibrary(
  soname: string,
  path: string,
  { os, facts }: Pick<Evidence, 'os' | 'facts'>,
): InstalledPackage | undefined {
  const system = packageSystem(os)
  const name = system === undefined ? undefined : libraryPackage(soname)?.[system]
  if (name === undefined || !SYSTEM_FOLDER.test(path)) return undefined
  // Packages whose binary interface changed with 64-bit times have got another name (Debian 13, Ubuntu 24.04).
  const names = new Set([name, `${name}t64`])
  for (const { packages } of facts.packages) {
    const found = packages.find((one) => names.has(one.name))
    if (found !== undefined) return { name: found.name, version: found.version }
  }
  return undefined
}
