import type { Architecture } from '../../lambda/architecture.ts'
import type { Runtime } from '../../lambda/runtimes.ts'

/** What decides how dependencies are installed. */
export type Installation = {
  readonly runtime: Runtime
  readonly architecture: Architecture
  /** Newest glibc (`2.34`) that what is installed may need; absent: that of the image in which it is installed. */
  readonly glibc?: string
}

/** One way to fill a layer from a manifest. One row per manifest and lock file. */
export type Installer = {
  readonly family: Runtime['family']
  /** As the log and the report name it. */
  readonly tool: string
  /** File names that must all be there, the manifest first. */
  readonly files: readonly [string, ...string[]]
  /** Its versions are pinned. */
  readonly locked: boolean
  /** Body of a shell script: the copy of the source is the working folder, the result goes to /out. */
  readonly script: (installation: Installation) => string
}
