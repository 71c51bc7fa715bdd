import { cpSync, linkSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DebianRelease, debianRootFileSystem, rootId } from '../debian/root-file-system.ts'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run, succeeds } from '../process/command.ts'
import type { Progress } from '../progress.ts'

/** Everything the lab makes in an engine carries it, so that `down` finds it. */
export const LAB_LABEL = 'lambda-parity.lab=true'

const PROXIES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/** A Debian root as an image of the local engine, e.g. `lambda-parity-lab/debian:bookworm-0123456789ab`. */
export async function importedRoot(folders: LabFolders, progress: Progress, release: DebianRelease): Promise<string> {
  const reference = `lambda-parity-lab/debian:${rootId(release)}`
  return withLock(folders, `imported-${release}`, async () => {
    if (!(await succeeds('docker', ['image', 'inspect', reference]))) {
      const tar = await debianRootFileSystem(folders, progress, release)
      await run('docker', ['import', '--change', `LABEL ${LAB_LABEL}`, tar, reference])
    }
    return reference
  })
}

/** Builds the Dockerfile of a folder with this machine's proxies; `argv` says where the result goes. */
export async function buildInFolder(folder: string, argv: readonly string[]): Promise<void> {
  const proxies = PROXIES.filter((name) => process.env[name]).flatMap((name) => ['--build-arg', name])
  await run('docker', [
    'buildx',
    'build',
    '--provenance=false',
    '--sbom=false',
    '--progress=plain',
    ...proxies,
    ...argv,
    folder,
  ])
}

/** Copies a folder of the cache into a build context without copying its bytes. */
export function hardLinked(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const source = join(from, name)
    const kind = lstatSync(source)
    if (kind.isDirectory()) hardLinked(source, join(to, name))
    else if (kind.isSymbolicLink()) cpSync(source, join(to, name), { verbatimSymlinks: true })
    else linkSync(source, join(to, name))
  }
}
