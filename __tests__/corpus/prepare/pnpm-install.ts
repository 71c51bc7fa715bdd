import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labFolders } from '../../../lab/folders.ts'
import { nodeDistribution } from '../../../lab/images/node.ts'
import { STAND_INS } from '../../../lab/images/stand-ins.ts'
import { run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'
import type { CorpusFolders } from '../corpus-folders.ts'
import type { Install, NpmChoice } from '../install.ts'
import type { Prepared } from './prepared.ts'

const PNPM = 'pnpm@10.34.8'

// Installs run side by side: the first one brings the tool.
let tool: Promise<string> | undefined

async function installTool(folders: CorpusFolders, node: string): Promise<string> {
  const folder = join(folders.packageCaches, PNPM)
  const script = join(folder, 'node_modules/pnpm/bin/pnpm.cjs')
  if (existsSync(script)) return script
  const npm = join(node, 'lib/node_modules/npm/bin/npm-cli.js')
  await run(join(node, 'bin/node'), [npm, 'install', '--prefix', folder, '--ignore-scripts', '--no-audit', PNPM])
  return script
}

/** Packages by pnpm: a store below `node_modules/.pnpm`, and links to it. pnpm knows no day to install as of. */
export async function installPnpm(
  folders: CorpusFolders,
  { package: { requirement } }: Install,
  { os, cpu, libc, optional }: NpmChoice,
  layer: string,
): Promise<Omit<Prepared, 'install' | 'key'>> {
  const node = await nodeDistribution(labFolders(), printedProgress(), STAND_INS['lambda/nodejs:22'].node)
  const program = join(node, 'bin/node')
  tool ??= installTool(folders, node)
  const script = await tool
  const prefix = join(layer, 'nodejs')
  mkdirSync(prefix)
  const supportedArchitectures = { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) }
  writeFileSync(join(prefix, 'package.json'), JSON.stringify({ private: true, pnpm: { supportedArchitectures } }))
  await run(program, [
    ...[script, 'add', '--dir', prefix, '--ignore-scripts', '--package-import-method', 'copy'],
    ...['--store-dir', join(folders.packageCaches, 'pnpm-store'), ...(optional === false ? ['--no-optional'] : [])],
    ...requirement.split(' '),
  ])
  return { packages: [] }
}
