import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { unpackFromNewerDebian } from '../debian/newer-debian.ts'
import type { LabFolders } from '../folders.ts'
import { run, succeeds } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { changeState } from '../state.ts'

/** The buildx plugin's version, e.g. `v0.29.1`. Where there is none, the one of a newer Debian becomes a CLI plugin of this user. */
export async function ensureBuildx(folders: LabFolders, progress: Progress): Promise<string> {
  if (!(await succeeds('docker', ['buildx', 'version']))) {
    await progress.step('fetching buildx from a newer Debian', () => placePlugin(folders))
  }
  const printed = await run('docker', ['buildx', 'version'])
  return printed.trim().split(' ')[1] ?? 'unknown'
}

async function placePlugin(folders: LabFolders): Promise<void> {
  const unpacked = await unpackFromNewerDebian(folders, 'docker-buildx', ['docker-buildx'])
  const config = process.env.DOCKER_CONFIG || join(homedir(), '.docker')
  // buildx keeps its own state beside the plugins.
  const paths = ['cli-plugins/docker-buildx', 'cli-plugins', 'buildx/', '.'].map((path) => join(config, path))
  const made = paths.filter((path) => !existsSync(path))
  mkdirSync(join(config, 'cli-plugins'), { recursive: true })
  const plugin = join(config, 'cli-plugins', 'docker-buildx')
  copyFileSync(join(unpacked, 'usr/libexec/docker/cli-plugins/docker-buildx'), plugin)
  chmodSync(plugin, 0o755)
  changeState(folders, (state) => ({ placed: [...new Set([...state.placed, ...made])] }))
}
