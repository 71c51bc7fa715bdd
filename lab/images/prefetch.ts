import { type DebianRelease, debianRootFileSystem } from '../debian/root-file-system.ts'
import type { LabFolders } from '../folders.ts'
import type { Progress } from '../progress.ts'
import { CLIENT_RELEASE } from './clients.ts'
import { nodeDistribution } from './node.ts'
import { STAND_INS, type StandIn, type StandInName } from './stand-ins.ts'

/** Fetches what these images need and no engine is needed for, so that it does not wait for the engine. */
export async function prefetch(folders: LabFolders, progress: Progress, names: readonly StandInName[]): Promise<void> {
  const parts = names.map((name): StandIn => STAND_INS[name])
  const releases = new Set(parts.flatMap(releasesOf))
  const nodes = new Set(parts.flatMap((part) => (part.family === 'nodejs' ? [part.node] : [])))
  await Promise.all([
    ...[...releases].map((release) => debianRootFileSystem(folders, progress, release)),
    ...[...nodes].map((node) => nodeDistribution(folders, progress, node)),
  ])
}

/** Releases of Debian that an image is made of: the one it runs on, and the one its client is compiled on. */
export function releasesOf(part: StandIn): readonly DebianRelease[] {
  if (!('release' in part)) return []
  return part.family === 'nodejs' ? [part.release, CLIENT_RELEASE] : [part.release]
}
