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

type Named = { readonly file: ElfFile; readonly names: readonly string[] }
type NamedFiles = { readonly all: readonly Named[]; readonly byStem: Map<string, readonly ElfFile[]> }

const known = new WeakMap<LoaderSystem, NamedFiles>()

/** ELF files whose name or soname has that stem; a dozen stems are asked for, by hundreds of loads. */
function namedLike(system: LoaderSystem, stem: string): readonly ElfFile[] {
  const { all, byStem } = known.get(system) ?? namedFiles(system)
  const files = byStem.get(stem) ?? all.filter(({ names }) => names.some(isLike)).map(({ file }) => file)
  byStem.set(stem, files)
  return files

  // A name begins with its stem: most need no closer look.
  function isLike(name: string): boolean {
    return name.startsWith(stem) && stemOf(name) === stem
  }
}

/** By the last part of the path, and by soname. */
function namedFiles(system: LoaderSystem): NamedFiles {
  const all = Array.from(system.view.tree.elf.values(), (file) => {
    const { path, soname } = file
    const name = path.slice(path.lastIndexOf('/') + 1)
    return { file, names: soname === undefined || soname === name ? [name] : [name, soname] }
  })
  const files: NamedFiles = { all, byStem: new Map() }
  known.set(system, files)
  return files
}

/** `libssl` of `libssl.so.1.1`, of `libssl-1.1.so` and of auditwheel's `libssl-0f3a8b2c.so.1.1`. */
function stemOf(name: string): string {
  const [base = name] = name.split('.so')
  return base.replace(/-[0-9a-f]{8}$/, '').replace(/-\d[\d.]*$/, '')
}
