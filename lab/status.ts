import type { LabFolders } from './folders.ts'
import { run, succeeds } from './process/command.ts'
import { isAlive } from './process/detached.ts'
import { readState } from './state.ts'

/** What of the lab is on this machine, one line each. */
export async function status(folders: LabFolders): Promise<string[]> {
  const { processes, ports, packages, placed } = readState(folders)
  const engine = (await succeeds('docker', ['version']))
    ? `answers, version ${(await run('docker', ['version', '--format', '{{.Server.Version}}'])).trim()}`
    : 'does not answer'
  const used = (await run('du', ['-sh', folders.root])).split('\t')[0]
  return [
    `engine: ${engine}`,
    ...Object.entries(processes).map(([name, started]) => {
      const port = ports[name] === undefined ? '' : `, 127.0.0.1:${ports[name]}`
      return `${name}: ${isAlive(started) ? `runs, pid ${started.pid}${port}` : 'has ended'}, log ${started.log}`
    }),
    `folder: ${folders.root}, ${used}`,
    `Debian packages installed by the lab: ${packages.join(' ') || 'none'}`,
    `files placed outside the folder: ${placed.join(' ') || 'none'}`,
  ]
}
