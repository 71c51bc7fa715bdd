import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { purgePackages } from './debian/packages.ts'
import { endArm64 } from './emulation.ts'
import { removeBridge } from './engine/bridge.ts'
import { isOwnEngine } from './engine/engine.ts'
import { restoreHostSettings } from './engine/host-settings.ts'
import { runningSecondEngine } from './engine/second-engine.ts'
import type { LabFolders } from './folders.ts'
import { LAB_LABEL } from './images/build.ts'
import { withLock } from './lock.ts'
import { removePlaced } from './placed.ts'
import { run, runAsRoot, succeeds } from './process/command.ts'
import { terminate } from './process/detached.ts'
import type { Progress } from './progress.ts'
import { changeState, readState } from './state.ts'

/** What uses an engine ends before it; an engine ends before what it stands on. */
const ORDER = ['aws', 'github', 'dockerd-2', 'containerd-2', 'dockerd', 'registry', 'public-registry']

/** Ends every process the lab has started. Packages, images and cache stay, so that the next `up` is fast. */
export async function stop(folders: LabFolders, progress: Progress): Promise<void> {
  await withLock(folders, 'up', () => stopProcesses(folders, progress))
}

async function stopProcesses(folders: LabFolders, progress: Progress): Promise<void> {
  const { processes } = readState(folders)
  const rank = (name: string) => ORDER.indexOf(name)
  for (const name of Object.keys(processes).toSorted((a, b) => rank(a) - rank(b))) {
    const started = processes[name]
    if (started !== undefined) await progress.step(`stopping ${name}`, () => terminate(started))
    changeState(folders, (state) => ({
      processes: Object.fromEntries(Object.entries(state.processes).filter(([other]) => other !== name)),
    }))
  }
  if (processes['dockerd-2'] !== undefined) await removeBridge()
}

/** `stop`, and takes back everything: what the lab made in the engine, its files, packages, and settings of the machine. */
export async function down(folders: LabFolders, progress: Progress): Promise<void> {
  await withLock(folders, 'up', async () => {
    await emptyEngines(folders, progress)
    await stopProcesses(folders, progress)
    await restoreHostSettings(folders)
    await endArm64(folders)
    const { packages, placed } = readState(folders)
    if (packages.length > 0) await progress.step(`removing ${packages.length} packages`, () => purgePackages(packages))
    removePlaced(placed)
    await unmountBelow(folders.root)
    await progress.step(`removing ${folders.root}`, () => runAsRoot('rm', ['-rf', folders.root]))
    // The cache folder itself, when nobody else has anything in it.
    removePlaced([dirname(folders.root)])
  })
}

/** An engine of the lab's own is emptied; in somebody else's only what carries the lab's label goes. */
async function emptyEngines(folders: LabFolders, progress: Progress): Promise<void> {
  const second = runningSecondEngine(folders)
  await progress.step('removing containers, networks and images', async () => {
    if (second !== undefined) await emptyEngine(['--host', second.host], true)
    await emptyEngine([], isOwnEngine(folders))
  })
}

async function emptyEngine(engine: readonly string[], own: boolean): Promise<void> {
  if (!(await succeeds('docker', [...engine, 'version']))) return
  const labelled = own ? [] : ['--filter', `label=${LAB_LABEL}`]
  const removeListed = async (list: readonly string[], remove: readonly string[]) => {
    const ids = new Set((await run('docker', [...engine, ...list, ...labelled])).split('\n').filter(Boolean))
    if (ids.size > 0) await run('docker', [...engine, ...remove, ...ids])
  }
  await removeListed(['ps', '--all', '--quiet'], ['rm', '--force', '--volumes'])
  await removeListed(['network', 'ls', '--quiet', '--filter', 'type=custom'], ['network', 'rm'])
  // The images of the lab's own engine go with its data.
  if (!own) await removeListed(['image', 'ls', '--quiet'], ['image', 'rm', '--force'])
}

/** A daemon leaves mounts of its network namespaces, and a killed one those of its containers. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  const points = mounts.map((line) => line.split(' ')[1] ?? '').filter((point) => point.startsWith(`${folder}/`))
  for (const point of points.toReversed()) await runAsRoot('umount', [point])
}
