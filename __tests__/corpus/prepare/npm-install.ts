import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { labFolders } from '../../../lab/folders.ts'
import { nodeDistribution } from '../../../lab/images/node.ts'
import { STAND_INS } from '../../../lab/images/stand-ins.ts'
import { CommandFailed, run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'
import type { CorpusFolders } from '../corpus-folders.ts'
import { AS_OF, type Install, type NpmChoice } from '../install.ts'
import type { Prepared } from './prepared.ts'

/** Packages in `nodejs/node_modules` of the layer, by the npm of the runtime's own Node; install scripts never run. */
export async function installNpm(
  folders: CorpusFolders,
  { package: { requirement } }: Install,
  { os, cpu, libc, optional, nested }: NpmChoice,
  layer: string,
): Promise<Omit<Prepared, 'install' | 'key'>> {
  const prefix = join(layer, 'nodejs')
  const node = await nodeDistribution(labFolders(), printedProgress(), STAND_INS['lambda/nodejs:22'].node)
  const argv = [
    join(node, 'lib/node_modules/npm/bin/npm-cli.js'),
    ...['install', '--prefix', prefix, `--os=${os}`, `--cpu=${cpu}`, ...(libc === undefined ? [] : [`--libc=${libc}`])],
    ...(optional === false ? ['--omit=optional'] : []),
    ...(nested === true ? ['--install-strategy=nested'] : []),
    ...['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    ...[`--before=${AS_OF}`, '--prefer-offline', `--cache=${join(folders.packageCaches, 'npm')}`],
    ...requirement.split(' '),
  ]
  try {
    await run(join(node, 'bin/node'), argv)
  } catch (error) {
    if (error instanceof CommandFailed && /EBADPLATFORM|ETARGET|E404|EBADENGINE/.test(error.message))
      return { packages: [], impossible: error.message.split('\n').slice(-6).join(' ').slice(0, 600) }
    throw error
  }
  return { packages: installedPackages(prefix) }
}

type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version: string; readonly os?: unknown; readonly cpu?: unknown; readonly optional?: boolean }
    >
  >
}

function lock(prefix: string): Lock {
  const file = join(prefix, 'package-lock.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Lock) : { packages: {} }
}

function installedPackages(prefix: string): readonly string[] {
  return Object.entries(lock(prefix).packages)
    .filter(([path]) => path !== '' && existsSync(join(prefix, path)))
    .map(
      ([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`,
    )
    .sort()
}

/** Whether npm would choose other packages for another system; whether anything is optional. */
export function npmChoices(prefix: string): { readonly platform: boolean; readonly optional: boolean } {
  const packages = Object.values(lock(prefix).packages)
  return {
    platform: packages.some(({ os, cpu }) => os !== undefined || cpu !== undefined),
    optional: packages.some(({ optional }) => optional === true),
  }
}
