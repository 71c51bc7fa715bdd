import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DebianRelease, rootId } from '../debian/root-file-system.ts'
import type { LabFolders } from '../folders.ts'
import { run } from '../process/command.ts'
import { ensurePip } from '../python.ts'
import { buildInFolder, hardLinked, importedRoot } from './build.ts'
import { MACHINE } from './machine.ts'
import { nodeDistribution } from './node.ts'
import { IMAGES } from './recipe.ts'
import { NODE_CLIENT, type StandIn } from './stand-ins.ts'

/** Runtime interface client for Node.js as below /var/runtime, compiled in the release that will run it. */
export async function nodeClient(folders: LabFolders, release: DebianRelease, node: string): Promise<string> {
  const folder = join(folders.cache, `${NODE_CLIENT}-${rootId(release)}`)
  if (existsSync(folder)) return folder
  const context = `${folder}.context`
  rmSync(context, { recursive: true, force: true })
  mkdirSync(context, { recursive: true })
  // Sources come through the machine's own npm; only the compiler runs in the container.
  const npm = run('npm', [
    'install',
    '--silent',
    '--ignore-scripts',
    '--no-save',
    '--prefix',
    join(context, 'client'),
    NODE_CLIENT,
  ])
  const [root] = await Promise.all([importedRoot(folders, release), npm])
  hardLinked(await nodeDistribution(folders, node), join(context, 'node'))
  cpSync(join(IMAGES, 'nodejs/client.Dockerfile'), join(context, 'Dockerfile'))
  await buildInFolder(context, ['--build-arg', `ROOT=${root}`, '--output', `type=local,dest=${folder}.new`])
  rmSync(context, { recursive: true })
  renameSync(`${folder}.new`, folder)
  return folder
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
  await run('python3', [
    ...['-m', 'pip', 'install', '-q', '--no-deps', '--no-compile', '--only-binary=:all:', '--target', `${folder}.new`],
    ...['--platform', MACHINE.wheel, '--python-version', version, ...client],
  ])
  renameSync(`${folder}.new`, folder)
  return folder
}
