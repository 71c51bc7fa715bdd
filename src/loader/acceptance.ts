import type { ElfFile, FileEntry } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { NearMiss, Refusal } from './load-result.ts'

/** What the loader does with a file of the right name: take it, look further, or give up. */
export type Acceptance =
  | { readonly verdict: 'take' }
  | { readonly verdict: 'skip' | 'fail'; readonly why: Extract<NearMiss['why'], 'other-processor' | 'unreadable'> }

const TAKE: Acceptance = { verdict: 'take' }
const ELFOSABI_NONE = 0
const ELFOSABI_GNU = 3
const EXECUTABLE = 2
const SHARED = 3
const OTHERS_MAY_READ = 0o004

/**
 * glibc's open_verify: another class or machine is passed over, anything else that is wrong ends the search. musl takes the
 * first file of the name, whatever it is.
 */
export function acceptance(
  entry: FileEntry,
  file: ElfFile | undefined,
  architecture: Architecture,
  libc: 'glibc' | 'musl',
): Acceptance {
  // Lambda's user owns no file of an image; what it may not open is passed over like what is not there.
  if ((entry.mode & OTHERS_MAY_READ) === 0) return { verdict: 'skip', why: 'unreadable' }
  if (file === undefined || file.problem !== undefined) return { verdict: 'fail', why: 'unreadable' }
  const refusal = refusalOf(file, architecture)
  if (refusal === undefined) return TAKE
  if (refusal !== 'other-processor') return { verdict: 'fail', why: 'unreadable' }
  return { verdict: libc === 'musl' ? 'fail' : 'skip', why: 'other-processor' }
}

/** Why a file is no object that this architecture's loader begins with. */
export function refusalOf(file: ElfFile, architecture: Architecture): Refusal | undefined {
  if (file.problem !== undefined) return 'unreadable'
  const runs = file.class === 64 && file.littleEndian && file.machine === architectureRow(architecture).elfMachine
  if (!runs) return 'other-processor'
  if (file.osAbi !== ELFOSABI_NONE && file.osAbi !== ELFOSABI_GNU) return 'other-system'
  return file.type === SHARED || file.type === EXECUTABLE ? undefined : 'not-a-library'
}
