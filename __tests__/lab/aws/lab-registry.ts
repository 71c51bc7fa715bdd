import { labFolders } from '../../../lab/folders.ts'
import { withLock } from '../../../lab/lock.ts'
import { printedProgress } from '../../../lab/progress.ts'
import { type PrivateRegistry, privateRegistry } from '../../../lab/registry/registry.ts'

/** The lab's real registry; needs no Docker. Its storage is shared, so tests use repository names of their own. */
export function labRegistry(): Promise<PrivateRegistry> {
  const folders = labFolders()
  return withLock(folders, 'up', () => privateRegistry(folders, printedProgress()))
}
