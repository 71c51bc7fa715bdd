import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { succeeds } from '../process/command.ts'
import { startDetached, terminate, untilReady } from '../process/detached.ts'
import { changeState, readState } from '../state.ts'

const NAME = 'containerd-2'

/**
 * Starts the second engine's containerd and waits until it answers: a dockerd of the containerd image store that finds it
 * not listening yet ends at once ("error initializing buildkit"), as it does on a busy machine.
 *
 * @returns the address to hand to dockerd
 */
export async function startContainerd(
  folders: LabFolders,
  folder: string,
  programs: string,
  path: Readonly<Record<string, string>>,
): Promise<string> {
  // One that outlived its dockerd holds the lock on the image store.
  const left = readState(folders).processes[NAME]
  if (left !== undefined) await terminate(left)
  const socket = join(folder, 'containerd.sock')
  const containerd = startDetached(
    join(programs, 'containerd'),
    [
      ...['--config', '/dev/null', '--address', socket],
      ...['--root', join(folder, 'containerd'), '--state', join(folder, 'containerd-run')],
    ],
    { log: join(folder, 'containerd.log'), env: path },
  )
  changeState(folders, ({ processes }) => ({ processes: { ...processes, [NAME]: containerd } }))
  const answers = () => succeeds(join(programs, 'ctr'), ['--address', socket, '--timeout', '2s', 'version'])
  await untilReady('the second containerd', containerd, answers)
  return socket
}
