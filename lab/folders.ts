import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Everything the lab keeps on disk; removing `root` removes all of it. */
export type LabFolders = {
  readonly root: string
  /** Packages, wheels and root file systems: kept by `stop`, so that the next `up` is fast. */
  readonly cache: string
  /** Sockets, logs, registry storage and state of what runs now. */
  readonly run: string
}

/** Folders under `$XDG_CACHE_HOME` (default `~/.cache`), made when absent. */
export function labFolders(env: NodeJS.ProcessEnv = process.env): LabFolders {
  const root = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lambda-parity-lab')
  const folders = { root, cache: join(root, 'cache'), run: join(root, 'run') }
  for (const folder of [folders.cache, folders.run]) mkdirSync(folder, { recursive: true })
  return folders
}
