import { rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../../lab/process/command.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import { type Install, RUNTIMES } from '../install.ts'
import { type Prepared, readPrepared } from './prepared.ts'

/**
 * The same install of npm for Node.js 22, when it was prepared before: the tool is one and the same for all of them, as
 * layers are installed by whatever Node.js a machine has.
 */
export function installedFor22(folders: CorpusFolders, install: Install): Prepared | undefined {
  const runtime = RUNTIMES['nodejs22.x']
  if (install.choice.tool !== 'npm' || install.runtime.name === runtime.name) return undefined
  const [, ...rest] = install.id.split('/')
  return readPrepared(folders, { ...install, runtime, id: [runtime.name, ...rest].join('/') })
}

/** Hard links: the copy costs no space. */
export async function copyOf(
  folders: CorpusFolders,
  { install, packages, sameAs, impossible }: Prepared,
  layer: string,
): Promise<Omit<Prepared, 'install' | 'key'>> {
  if (sameAs !== undefined) return { packages, sameAs }
  if (impossible !== undefined) return { packages, impossible }
  rmdirSync(layer)
  await run('cp', ['-al', join(installFolder(folders, install), 'layer'), layer])
  return { packages }
}
