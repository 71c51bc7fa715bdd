import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { runAsRoot, succeeds } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { debianMirror } from './package-index.ts'
import { installPackages } from './packages.ts'
import { HOST_CA_BUNDLE, trustedAuthorities } from './trust.ts'
import { unpackPackages } from './unpack.ts'

export type DebianRelease = 'bookworm' | 'bullseye' | 'trixie'

/** Documentation and package lists: thousands of files that no Lambda image has. */
const LEFT_OUT = [
  './dev/*',
  './proc/*',
  './sys/*',
  './var/cache/apt/*',
  './var/lib/apt/lists/*',
  './var/log/*',
  './usr/share/doc/*',
  './usr/share/man/*',
  './usr/share/locale/*',
  './usr/share/info/*',
]

/** Identifies a root without making it: the release and the certificates baked in. */
export function rootId(release: DebianRelease): string {
  return `${release}-${createHash('sha256')
    .update(trustedAuthorities() ?? '')
    .update(LEFT_OUT.join())
    .digest('hex')
    .slice(0, 12)}`
}

/**
 * A tar of a minimal Debian (`debootstrap --variant=minbase`) with the machine's own CA bundle, since containers on a
 * machine behind a company proxy must trust the same authority. Kept in the cache.
 */
export async function debianRootFileSystem(
  folders: LabFolders,
  progress: Progress,
  release: DebianRelease,
): Promise<string> {
  const tar = join(folders.cache, 'roots', `${rootId(release)}.tar`)
  return withLock(folders, `root-${release}`, async () => {
    if (!existsSync(tar)) {
      mkdirSync(join(folders.cache, 'roots'), { recursive: true })
      await progress.step(`making a Debian ${release} root`, () => makeRoot(folders, release, tar))
    }
    return tar
  })
}

async function makeRoot(folders: LabFolders, release: DebianRelease, tar: string): Promise<void> {
  if (!(await succeeds('wget', ['--version']))) await installPackages(folders, ['wget'])
  // Unpacked and not installed: it is a shell script.
  const unpacked = await unpackPackages(folders, 'debootstrap', ['debootstrap'])
  const script = join(unpacked, 'usr/sbin/debootstrap')
  // Without a mirror debootstrap takes the one it knows.
  const mirror = await debianMirror(folders)
  const root = join(folders.cache, 'roots', `${release}.d`)
  await runAsRoot('rm', ['-rf', root])
  try {
    await runAsRoot('sh', [script, '--variant=minbase', release, root, ...(mirror === undefined ? [] : [mirror])], {
      env: { DEBOOTSTRAP_DIR: join(unpacked, 'usr/share/debootstrap') },
    })
    if (existsSync(HOST_CA_BUNDLE)) {
      await runAsRoot('mkdir', ['-p', join(root, 'etc/ssl/certs')])
      await runAsRoot('cp', ['-L', HOST_CA_BUNDLE, join(root, HOST_CA_BUNDLE)])
    }
    const excluded = LEFT_OUT.map((pattern) => `--exclude=${pattern}`)
    const reproducible = ['--sort=name', '--mtime=@0', '--numeric-owner']
    await runAsRoot('tar', ['-C', root, ...excluded, ...reproducible, '-cf', `${tar}.new`, '.'])
    renameSync(`${tar}.new`, tar)
  } finally {
    await runAsRoot('rm', ['-rf', root])
  }
}
