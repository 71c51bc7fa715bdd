import { join } from 'node:path'
import { otherDebian } from '../debian/other-debian.ts'
import { unpackPackages } from '../debian/unpack.ts'
import type { LabFolders } from '../folders.ts'

export const SHELL_RELEASE = 'bookworm'

/** Debian's statically linked bash for arm64, whatever this machine is. */
export async function staticShell(folders: LabFolders): Promise<string> {
  const debian = { release: SHELL_RELEASE, architecture: 'arm64' }
  const folder = await unpackPackages(folders, 'bash-static-arm64', ['bash-static'], () => otherDebian(folders, debian))
  return join(folder, 'bin/bash-static')
}
