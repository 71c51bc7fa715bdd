import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import { refusalOf } from './acceptance.ts'
import type { NearMiss } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import { skippedCandidates } from './search.ts'

const MOST = 10

/** What looks like the missing library: passed over in the search, of another version, or where nobody looks. */
export function nearMisses(
  system: LoaderSystem,
  object: Member,
  main: Member | undefined,
  name: string,
): readonly NearMiss[] {
  const found = new Map<string, NearMiss>()
  for (const { path, acceptance } of skippedCandidates(system, object, main, name)) {
    if (acceptance.verdict !== 'take') found.set(path, { path, why: acceptance.why })
  }
  const stem = stemOf(posix.basename(name))
  for (const file of namedLike(system, stem)) {
    if (found.size >= MOST) break
    if (!found.has(file.path))
      found.set(file.path, { path: file.path, why: reason(system, file, posix.basename(name)) })
  }
  return [...found.values()]
}

function reason({ architecture, libc }: LoaderSystem, file: ElfFile, name: string): NearMiss['why'] {
  const refusal = refusalOf(file, architecture)
  if (refusal !== undefined) return refusal === 'other-processor' ? refusal : 'unreadable'
  const musl = file.needed.some((needed) => /^(?:libc\.musl-|ld-musl-|libc\.so$)/.test(needed))
  if (musl !== (libc === 'musl') && file.needed.some((needed) => needed.startsWith('libc.'))) return 'other-libc'
  return posix.basename(file.path) === name || file.soname === name ? 'not-searched' : 'other-version'
}

const known = new WeakMap<LoaderSystem, Map<string, readonly ElfFile[]>>()

/** ELF files whose name or soname has that stem. */
function namedLike(system: LoaderSystem, stem: string): readonly ElfFile[] {
  const byStem = known.get(system) ?? new Map<string, readonly ElfFile[]>()
  known.set(system, byStem)
  const files = byStem.get(stem) ?? search(system, stem)
  byStem.set(stem, files)
  return files
}

/** A name begins with its stem: most files need no closer look. */
function search({ view }: LoaderSystem, stem: string): readonly ElfFile[] {
  const found: ElfFile[] = []
  for (const file of view.tree.elf.values()) {
    const { path, soname } = file
    const isLike =
      (path.includes(stem) && stemOf(posix.basename(path)) === stem) ||
      (soname?.startsWith(stem) && stemOf(soname) === stem)
    if (isLike) found.push(file)
  }
  return found
}

/** `libssl` of `libssl.so.1.1`, of `libssl-1.1.so` and of auditwheel's `libssl-0f3a8b2c.so.1.1`. */
function stemOf(name: string): string {
  const [base = name] = name.split('.so')
  return base.replace(/-[0-9a-f]{8}$/, '').replace(/-\d[\d.]*$/, '')
}
