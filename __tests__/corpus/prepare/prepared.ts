import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import { AS_OF, type Install } from '../install.ts'

/** What is known of an install once it was tried. */
export type Prepared = {
  readonly install: Install
  /** Hash of all that decides the layer. */
  readonly key: string
  /** Name and version of every distribution or package, sorted. */
  readonly packages: readonly string[]
  /** The layer is the same as this variant's: nothing of it depends on the choice. It has no folder of its own. */
  readonly sameAs?: string
  /** The registry has no such install, or the damage does not apply: why. */
  readonly impossible?: string
}

// Raise when preparing does something else with the same choice.
const PREPARER = 1

export function installKey({ id, choice, damage, package: wanted }: Install): string {
  const { requirement, marked, overrides, before } = wanted
  const all = [PREPARER, AS_OF, id.split('/')[0], requirement, choice, damage]
  const more = overrides === undefined && before === undefined ? [] : [overrides ?? '', before ?? '']
  const decides = JSON.stringify(marked === undefined && more.length === 0 ? all : [...all, marked, ...more])
  return createHash('sha256').update(decides).digest('hex').slice(0, 16)
}

/** What an earlier run left, when it is still what is wanted. */
export function readPrepared(folders: CorpusFolders, install: Install): Prepared | undefined {
  const file = join(installFolder(folders, install), 'install.json')
  if (!existsSync(file)) return undefined
  const prepared = JSON.parse(readFileSync(file, 'utf8')) as Prepared
  return prepared.key === installKey(install) ? { ...prepared, install } : undefined
}

/** Makes a layer in a folder that becomes the install's when `make` has ended well: nothing half made is ever found. */
export async function prepareOnce(
  folders: CorpusFolders,
  install: Install,
  make: (layer: string) => Promise<Omit<Prepared, 'install' | 'key'>>,
): Promise<Prepared> {
  const known = readPrepared(folders, install)
  if (known !== undefined) return known
  const folder = installFolder(folders, install)
  const partial = `${folder}.partial`
  for (const old of [partial, folder]) rmSync(old, { recursive: true, force: true })
  mkdirSync(join(partial, 'layer'), { recursive: true })
  const prepared = { install, key: installKey(install), ...(await make(join(partial, 'layer'))) }
  if (prepared.impossible !== undefined || prepared.sameAs !== undefined)
    rmSync(join(partial, 'layer'), { recursive: true })
  writeFileSync(join(partial, 'install.json'), `${JSON.stringify(prepared, undefined, 1)}\n`)
  renameSync(partial, folder)
  return prepared
}
