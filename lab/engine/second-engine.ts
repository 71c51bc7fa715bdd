import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unpackFromNewerDebian } from '../debian/newer-debian.ts'
import { installPackages } from '../debian/packages.ts'
import type { LabFolders } from '../folders.ts'
import { succeeds } from '../process/command.ts'
import { isAlive, startDetached, untilReady } from '../process/detached.ts'
import type { Progress } from '../progress.ts'
import { changeState, readState } from '../state.ts'
import { addBridge, BRIDGE_NAME } from './bridge.ts'
import { startContainerd } from './second-containerd.ts'

export type SecondEngine = {
  /** DOCKER_HOST of the engine. */
  readonly host: string
  readonly store: 'containerd'
}

/**
 * A newer engine with the containerd image store beside the first one: the store with which a plain
 * `buildx build --push` makes the image index that Lambda refuses. Debian's own runc serves both.
 */
export async function ensureSecondEngine(folders: LabFolders, progress: Progress): Promise<SecondEngine> {
  const running = runningSecondEngine(folders)
  if (running !== undefined) return running
  await progress.step('starting a second engine with the containerd image store', () => start(folders))
  return engineIn(folders)
}

/** The second engine when it runs. */
export function runningSecondEngine(folders: LabFolders): SecondEngine | undefined {
  const process = readState(folders).processes['dockerd-2']
  return process !== undefined && isAlive(process) ? engineIn(folders) : undefined
}

const folderIn = (folders: LabFolders) => join(folders.run, 'engine-2')
const engineIn = (folders: LabFolders): SecondEngine => ({
  host: `unix://${join(folderIn(folders), 'docker.sock')}`,
  store: 'containerd',
})

async function start(folders: LabFolders): Promise<void> {
  const folder = folderIn(folders)
  const { host } = engineIn(folders)
  if (process.getuid?.() !== 0) throw new Error('Only root can start a second engine: run this with sudo.')
  const unpacked = await unpackFromNewerDebian(folders, 'engine-2', ['docker.io', 'docker-cli', 'containerd'])
  // The newer release's runc needs a newer glibc than this machine's.
  if (!(await succeeds('runc', ['--version']))) await installPackages(folders, ['runc'])
  if (!(await succeeds('ip', ['-V']))) await installPackages(folders, ['iproute2'])
  await addBridge()
  mkdirSync(folder, { recursive: true })
  const path = { PATH: `${join(unpacked, 'usr/bin')}:${join(unpacked, 'usr/sbin')}:${process.env.PATH}` }
  const containerdSocket = await startContainerd(folders, folder, join(unpacked, 'usr/bin'), path)
  // A file and not --feature: engines before 28 know only this.
  const configuration = join(folder, 'daemon.json')
  writeFileSync(configuration, JSON.stringify({ features: { 'containerd-snapshotter': true } }))
  // A daemon with address pools of its own that finds its bridge network of an earlier start deletes docker0, whatever its
  // own bridge is called (moby, initNetworkController): that is the first engine's. Its networks are nobody's by now.
  rmSync(join(folder, 'data/network'), { recursive: true, force: true })
  const dockerd = startDetached(
    join(unpacked, 'usr/sbin/dockerd'),
    [
      ...['--host', host, '--containerd', containerdSocket, '--pidfile', join(folder, 'dockerd.pid')],
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      // Subnets that the first engine does not give out.
      ...['--default-address-pool', 'base=10.211.0.0/16,size=24'],
      ...['--bridge', BRIDGE_NAME, '--iptables=false', '--ip6tables=false', '--config-file', configuration],
    ],
    { log: join(folder, 'dockerd.log'), env: path },
  )
  changeState(folders, ({ processes }) => ({ processes: { ...processes, 'dockerd-2': dockerd } }))
  await untilReady('the second dockerd', dockerd, () => succeeds('docker', ['--host', host, 'version']))
}
