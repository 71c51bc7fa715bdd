import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOST_CA_BUNDLE } from '../debian/trust.ts'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { MACHINE } from './machine.ts'
import { NPM } from './stand-ins.ts'

/** Node and npm laid out as below /var/lang, from npm's packages; `include` holds the headers that node-gyp needs. */
export async function nodeDistribution(folders: LabFolders, progress: Progress, version: string): Promise<string> {
  const folder = join(folders.cache, `node-${version}`)
  return withLock(folders, `node-${version}`, async () => {
    if (!existsSync(folder)) await progress.step(`fetching Node ${version} and npm`, () => fetchNode(version, folder))
    return folder
  })
}

async function fetchNode(version: string, folder: string): Promise<void> {
  const made = `${folder}.new`
  rmSync(made, { recursive: true, force: true })
  mkdirSync(join(made, 'lib/node_modules'), { recursive: true })
  await Promise.all([
    unpackFromNpm(`node-${MACHINE.npm}@${version}`, join(made, 'package')),
    unpackFromNpm(NPM, join(made, 'lib/node_modules/npm')),
  ])
  for (const name of ['bin', 'include']) renameSync(join(made, 'package', name), join(made, name))
  rmSync(join(made, 'package'), { recursive: true })
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(made, 'bin', name))
  mkdirSync(join(made, 'etc'))
  writeFileSync(join(made, 'etc/npmrc'), await npmSettings())
  renameSync(made, folder)
}

/**
 * What npm inside the image must know of this machine: the registry it uses and the CA bundle baked into the root.
 * An address with credentials is not passed on.
 */
async function npmSettings(): Promise<string> {
  const registry = (await run('npm', ['config', 'get', 'registry'])).trim()
  const lines = URL.canParse(registry) && new URL(registry).password === '' ? [`registry=${registry}`] : []
  if (existsSync(HOST_CA_BUNDLE)) lines.push(`cafile=${HOST_CA_BUNDLE}`)
  return `${lines.join('\n')}\n`
}

async function unpackFromNpm(specification: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await run('npm', ['pack', '--silent', specification, '--pack-destination', folder])
  for (const file of readdirSync(folder)) {
    await run('tar', ['-xzf', join(folder, file), '-C', folder, '--strip-components=1'])
    rmSync(join(folder, file))
  }
}
