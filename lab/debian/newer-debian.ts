import type { LabFolders } from '../folders.ts'
import { CommandFailed } from '../process/command.ts'
import { otherDebian } from './other-debian.ts'
import { debianMirror } from './package-index.ts'
import { unpackPackages } from './unpack.ts'

/**
 * Unpacks packages of Debian's unstable release into the cache, or of the next stable one where unstable has not got
 * them in a usable form today. Returns the folder that holds their files. Programs of it run on Debian alone.
 */
export async function unpackFromNewerDebian(
  folders: LabFolders,
  name: string,
  packages: readonly string[],
): Promise<string> {
  let refused: unknown
  for (const release of ['sid', 'trixie']) {
    try {
      return await unpackPackages(folders, name, packages, async () => {
        if ((await debianMirror(folders)) === undefined) {
          throw new Error(`Debian ${release} can only be read on a Debian machine.`)
        }
        return otherDebian(folders, { release })
      })
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error
      refused ??= error
    }
  }
  throw refused
}
