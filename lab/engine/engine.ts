import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../debian/packages.ts'
import type { LabFolders } from '../folders.ts'
import { run, succeeds } from '../process/command.ts'
import { isAlive, startDetached, untilReady } from '../process/detached.ts'
import type { Progress } from '../progress.ts'
import { changeState, readState } from '../state.ts'
import { rememberHostSettings } from './host-settings.ts'

export type LabEngine = {
  /** DOCKER_HOST when it is not the default socket. */
  readonly host?: string
  readonly version: string
  readonly store: 'classic' | 'containerd'
}

const PROCESS = 'dockerd'

/** The Docker engine of this machine when one answers; else Debian's, installed and started. */
export async function ensureEngine(folders: LabFolders, progress: Progress): Promise<LabEngine> {
  const running = await engineFacts()
  if (running !== undefined) return running
  if (process.getuid?.() !== 0) {
    throw new Error(
      'No Docker engine answers, and only root can start one: start Docker (or run this as root), then try again.',
    )
  }
  await rememberHostSettings(folders)
  if (!existsSync('/usr/sbin/dockerd')) {
    await progress.step('installing a Docker engine from Debian (docker.io, iptables)', () =>
      installPackages(folders, ['docker.io', 'iptables']),
    )
  }
  await progress.step('starting dockerd', () => startEngine(folders))
  const started = await engineFacts()
  if (started === undefined) throw new Error('The Docker engine was started and does not answer.')
  return started
}

async function startEngine(folders: LabFolders): Promise<void> {
  const folder = join(folders.run, 'engine')
  mkdirSync(folder, { recursive: true })
  const started = startDetached(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '--host', 'unix:///var/run/docker.sock'],
    ],
    // On a machine that is busy anyway, goroutines spread over its cores cost more to wake than they win.
    { log: join(folder, 'dockerd.log'), env: { GOMAXPROCS: '1' } },
  )
  changeState(folders, (state) => ({ processes: { ...state.processes, [PROCESS]: started } }))
  await untilReady('dockerd', started, () => succeeds('docker', ['version']))
}

/** Whether the engine that answers is the one the lab has started. */
export function isOwnEngine(folders: LabFolders): boolean {
  const own = readState(folders).processes[PROCESS]
  return own !== undefined && isAlive(own)
}

/** What answers at DOCKER_HOST or the default socket; undefined when nothing does. @throws for a Windows engine. */
async function engineFacts(): Promise<LabEngine | undefined> {
  if (!(await succeeds('docker', ['version']))) return undefined
  const info = JSON.parse(await run('docker', ['info', '--format', '{{json .}}'])) as DockerInfo
  if (info.OSType !== 'linux')
    throw new Error(`The lab needs an engine for Linux containers; this one is for ${info.OSType}.`)
  const host = process.env.DOCKER_HOST
  const containerd = JSON.stringify(info.DriverStatus ?? []).includes('io.containerd.snapshotter')
  return {
    ...(host ? { host } : {}),
    version: info.ServerVersion,
    store: containerd ? 'containerd' : 'classic',
  }
}

type DockerInfo = { readonly OSType: string; readonly ServerVersion: string; readonly DriverStatus?: unknown }
