import type { ElfFile, Libc } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { nativeness } from '../facts/machine.ts'
import type { Owner } from '../facts/owners.ts'
import { packageFolder } from '../facts/package-folder.ts'
import { isPlatformVariant, variantKey } from '../facts/platform-variant.ts'
import { targetSystem } from './target-system.ts'
import { userNativeFiles } from './user-files.ts'

/**
 * Why a file that cannot be loaded may be there. `spare`: made to lie beside those of other platforms, and one
 * for this platform is there, or its package says that it is for another; `variant`: named after a platform, alone;
 * `plain`: nothing says that it was meant for another platform.
 */
export type Role = 'spare' | 'variant' | 'plain'

export function platformRoles(
  subject: Subject,
  libc: Libc | undefined,
): (file: ElfFile, owner: Owner | undefined) => Role {
  const { architecture } = subject.plan
  return (file, owner) => {
    if (owner?.npm !== undefined && excludes(owner.npm, architecture, libc)) return 'spare'
    const serves = (one: ElfFile) => one.path !== file.path && fits(one, architecture, libc)
    const { twins, inPackage } = byNames(subject)
    if (twins.get(variantKey(file.path))?.some(serves)) return 'spare'
    if (!isPlatformVariant(file.path)) return 'plain'
    // prebuilds of one package may be named after the compiler's version too: any variant that fits is the one taken.
    const others = inPackage.get(packageFolder(file.path)) ?? []
    return others.some((one) => isPlatformVariant(one.path) && serves(one)) ? 'spare' : 'variant'
  }
}

type ByNames = { readonly [names in 'twins' | 'inPackage']: ReadonlyMap<string, readonly ElfFile[]> }

const known = new WeakMap<Subject, ByNames>()

/** The user's native files by what variants of one file share. Four rules ask, for each runtime. */
function byNames(subject: Subject): ByNames {
  const files = [...userNativeFiles(subject).values()]
  const names = known.get(subject) ?? {
    twins: groupBy(files, ({ path }) => variantKey(path)),
    inPackage: groupBy(files, ({ path }) => packageFolder(path)),
  }
  known.set(subject, names)
  return names
}

/** By processor and C library; whether it finds its libraries is another question. */
export function fits(file: ElfFile, architecture: Architecture, libc: Libc | undefined): boolean {
  if (nativeness(file, architecture) !== 'native') return false
  const system = targetSystem(file)
  return system === 'any' || system === (libc?.family ?? 'glibc')
}

/** package.json's `os`, `cpu` and `libc` as npm reads them: names, or `!name` for all others. */
function excludes(npm: NonNullable<Owner['npm']>, architecture: Architecture, libc: Libc | undefined): boolean {
  const cpu = architecture === 'arm64' ? 'arm64' : 'x64'
  const names = [
    [npm.os, 'linux'],
    [npm.cpu, cpu],
    [npm.libc, libc?.family ?? 'glibc'],
  ] as const
  return names.some(([list, name]) => list !== undefined && !allows(list, name))
}

function allows(list: readonly string[], name: string): boolean {
  if (list.includes(`!${name}`)) return false
  return list.every((one) => one.startsWith('!')) || list.includes(name) || list.includes('any')
}
