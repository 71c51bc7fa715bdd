import type { Finding } from './check.ts'
import type { ProgramFault } from './facts/program-fault.ts'

/**
 * Facts that a finding rests on, beyond what is reported of it: by them `precedence` decides what is whose consequence,
 * never by the words of a message.
 */
export type Grounds = {
  /** All files or folders that it is about; `examples` are the first few. */
  readonly files?: readonly string[]
  /** Symbol versions that no library defines (`GLIBC_2.38`). */
  readonly unmetVersions?: readonly string[]
  /** What compiled the code has the libraries that are missing. */
  readonly isInBuild?: boolean
  /** What lies there under the name of a missing library and is not taken for it. */
  readonly passedOver?: readonly string[]
  /** Metadata folder of the distribution whose RECORD lists files that are not there. */
  readonly incomplete?: string
  /** Why the program is not started. */
  readonly fault?: ProgramFault['kind']
}

/** A finding as its rule makes it. */
export type GroundedFinding = Omit<Finding, 'grounds'> & { readonly grounds?: Grounds }

/** A finding as it leaves the checks: what is reported, and nothing else. */
export function reported({ grounds: _, ...finding }: GroundedFinding): Finding {
  return finding
}
