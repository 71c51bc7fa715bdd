import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { labFolders } from '../../../lab/folders.ts'
import { CommandFailed, run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'
import { pythonPackages } from '../../../lab/python-packages.ts'
import type { CorpusFolders } from '../corpus-folders.ts'
import { AS_OF, type Install, type PythonChoice } from '../install.ts'
import type { Prepared } from './prepared.ts'
import { putOver } from './put-over.ts'

// Does what `pip install --target --only-binary=:all: --platform` does, as of a day, from one cache by hard links.
const UV = 'uv==0.13.9'

/** Wheels in `python/` of the layer. */
export async function installPython(
  folders: CorpusFolders,
  install: Install,
  choice: PythonChoice,
  layer: string,
): Promise<Omit<Prepared, 'install' | 'key'>> {
  const { requirement, marked, overrides, before } = install.package
  const target = join(layer, 'python')
  const impossible = await installWheels(folders, { requirement, overrides }, choice, target)
  if (impossible !== undefined) return { packages: [], impossible }
  if (marked !== undefined) unmark(target, requirement)
  if (before !== undefined) {
    const earlier = join(layer, 'earlier')
    const without = await installWheels(folders, { requirement: before.requirement }, choice, earlier)
    if (without !== undefined) return { packages: [], impossible: without }
    await putOver(earlier, target, before.and)
  }
  return { packages: distributions(target) }
}

/** Says why there are no such wheels. */
async function installWheels(
  folders: CorpusFolders,
  { requirement, overrides }: { readonly requirement: string; readonly overrides?: string | undefined },
  { python, platform }: PythonChoice,
  target: string,
): Promise<string | undefined> {
  const { folder } = await pythonPackages('uv', [UV], { folders: labFolders(), progress: printedProgress() })
  const argv = [
    ...['pip', 'install', '--quiet', '--native-tls', '--no-config', '--target', target],
    ...['--python-version', python, '--python-platform', platform, '--only-binary', ':all:'],
    ...['--exclude-newer', AS_OF, '--link-mode', 'hardlink', ...requirement.split(' ')],
    ...(overrides === undefined ? [] : ['--overrides', '-']),
  ]
  try {
    await run(join(folder, 'bin/uv'), argv, {
      env: { UV_CACHE_DIR: join(folders.packageCaches, 'uv') },
      ...(overrides === undefined ? {} : { input: overrides.replaceAll(' ', '\n') }),
    })
  } catch (error) {
    if (
      error instanceof CommandFailed &&
      /No solution found|only-binary|no wheels|not compatible|unsatisfiable/i.test(error.message)
    )
      return lastLines(error.message)
    throw error
  }
  return undefined
}

/** Leaves the marks of what was asked for by name, as pip sets them. */
function unmark(target: string, requirement: string): void {
  const asked = new Set(requirement.split(' ').map((one) => normal(one.replace(/[[=<>].*$/, ''))))
  for (const name of readdirSync(target).filter((entry) => entry.endsWith('.dist-info')))
    if (!asked.has(normal(name.split('-', 1).join()))) rmSync(join(target, name, 'REQUESTED'), { force: true })
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

export function distributions(target: string): readonly string[] {
  if (!existsSync(target)) return []
  return readdirSync(target)
    .filter((name) => name.endsWith('.dist-info'))
    .map((name) => name.slice(0, -'.dist-info'.length).replace('-', '=='))
    .sort()
}

/** Whether anything in it was made for one interpreter or platform. */
export function hasPlatformWheels(target: string): boolean {
  return readdirSync(target)
    .filter((name) => name.endsWith('.dist-info'))
    .some((name) => {
      const file = join(target, name, 'WHEEL')
      return existsSync(file) && /^Tag: (?!.*-none-any\s*$)/m.test(readFileSync(file, 'utf8'))
    })
}

function lastLines(message: string): string {
  return message.split('\n').slice(-8).join(' ').replace(/\s+/g, ' ').trim().slice(0, 600)
}
