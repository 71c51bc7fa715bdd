import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run, runAsRoot } from '../process/command.ts'

let indexed: Promise<unknown> | undefined

/** Once per process: package lists of a fresh machine are absent or too old to download from. */
export function refreshIndex(folders: LabFolders): Promise<unknown> {
  // apt waits for the lock of its database, but not for that of its lists.
  indexed ??= withLock(folders, 'apt-lists', () => runAsRoot('apt-get', ['update', '-q']))
  return indexed
}

/** The mirror this machine takes Debian from, as apt knows it; undefined on a machine that is not Debian. */
export async function debianMirror(folders: LabFolders): Promise<string | undefined> {
  // Where an entry comes from is told by its downloaded Release file.
  await refreshIndex(folders)
  const format = '$(ORIGIN)|$(CODENAME)|$(REPO_URI)'
  return mirrorOf(await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']))
}

/** The first entry of Debian itself in lines `origin|codename|uri`; updates and security have mirrors of their own. */
export function mirrorOf(targets: string): string | undefined {
  for (const line of targets.split('\n')) {
    const [origin, codename, uri] = line.split('|')
    if (origin === 'Debian' && uri !== undefined && codename !== undefined && /^[a-z]+$/.test(codename)) return uri
  }
  return undefined
}
