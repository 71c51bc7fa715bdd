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

const indexes = new WeakMap<LoaderSystem, ReadonlyMap<string, readonly ElfFile[]>>()

/** ELF files by the stem of their file name and soname; made when the first library is missing. */
function namedLike(system: LoaderSystem, stem: string): readonly ElfFile[] {
  const index = indexes.get(system) ?? byStem(system)
  indexes.set(system, index)
  return index.get(stem) ?? []
}

function byStem({ view }: LoaderSystem): ReadonlyMap<string, readonly ElfFile[]> {
  const index = new Map<string, ElfFile[]>()
  for (const file of view.tree.elf.values()) {
    const stems = new Set([posix.basename(file.path), ...(file.soname === undefined ? [] : [file.soname])].map(stemOf))
    for (const stem of stems) {
      const files = index.get(stem)
      if (files === undefined) index.set(stem, [file])
      else files.push(file)
    }
  }
  return index
}

/** `libssl` of `libssl.so.1.1`, of `libssl-1.1.so` and of auditwheel's `libssl-0f3a8b2c.so.1.1`. */
function stemOf(name: string): string {
  const [base = name] = name.split('.so')
  return base.replace(/-[0-9a-f]{8}$/, '').replace(/-\d[\d.]*$/, '')
}
