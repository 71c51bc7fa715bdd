import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DebianRelease, rootId } from '../debian/root-file-system.ts'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { ensurePip, pip } from '../python.ts'
import { buildInFolder, hardLinked, importedRoot } from './build.ts'
import { MACHINE } from './machine.ts'
import { nodeDistribution } from './node.ts'
import { IMAGES } from './recipe.ts'
import { NODE_CLIENT, type StandIn } from './stand-ins.ts'

/** The oldest release that a stand-in runs on: what is linked against its glibc loads in every newer one, and not the other way round. */
export const CLIENT_RELEASE: DebianRelease = 'bullseye'

/** Runtime interface client for Node.js as below /var/runtime, compiled once for all releases. */
export async function nodeClient(folders: LabFolders, progress: Progress, node: string): Promise<string> {
  const folder = join(folders.cache, `${NODE_CLIENT}-${rootId(CLIENT_RELEASE)}`)
  return withLock(folders, 'node-client', async () => {
    if (existsSync(folder)) return folder
    const [root, distribution] = [
      await importedRoot(folders, progress, CLIENT_RELEASE),
      await nodeDistribution(folders, progress, node),
    ]
    await progress.step(`compiling ${NODE_CLIENT} on ${CLIENT_RELEASE}`, () => compile(root, distribution, folder))
    return folder
  })
}

async function compile(root: string, distribution: string, folder: string): Promise<void> {
  const context = `${folder}.context`
  rmSync(context, { recursive: true, force: true })
  mkdirSync(context, { recursive: true })
  try {
    // The sources come through the machine's own npm; only the compiler runs in the container.
    await run('npm', [
      'install',
      '--silent',
      '--ignore-scripts',
      '--no-save',
      '--prefix',
      join(context, 'client'),
      NODE_CLIENT,
    ])
    hardLinked(distribution, join(context, 'node'))
    cpSync(join(IMAGES, 'nodejs/client.Dockerfile'), join(context, 'Dockerfile'))
    await buildInFolder(context, ['--build-arg', `ROOT=${root}`, '--output', `type=local,dest=${folder}.new`])
    renameSync(`${folder}.new`, folder)
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

/** Runtime interface client for Python as below /var/runtime: wheels exist. */
export async function pythonClient(
  folders: LabFolders,
  { version, client }: StandIn & { family: 'python' },
): Promise<string> {
  const folder = join(folders.cache, `python${version}-${client[0]}`)
  if (existsSync(folder)) return folder
  await ensurePip(folders)
  rmSync(`${folder}.new`, { recursive: true, force: true })
  await pip([
    ...['install', '--no-cache-dir', '--no-deps', '--no-compile', '--only-binary=:all:', '--target', `${folder}.new`],
    ...['--platform', MACHINE.wheel, '--python-version', version, ...client],
  ])
  renameSync(`${folder}.new`, folder)
  return folder
}
