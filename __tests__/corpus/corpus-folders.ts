import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { labFolders } from '../../lab/folders.ts'
import type { Install } from './install.ts'

/** Where installs, package caches and results lie: in the lab's cache, kept between runs. */
export type CorpusFolders = {
  /** `<id>/layer` is a layer as under /opt, `<id>/install.json` how it came about, `<id>/reality.json` what happened. */
  readonly installs: string
  readonly packageCaches: string
  readonly judged: string
}

export function corpusFolders(): CorpusFolders {
  const root = join(labFolders().cache, 'corpus')
  const folders = {
    installs: join(root, 'installs'),
    packageCaches: join(root, 'caches'),
    judged: join(root, 'judged'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  return folders
}

export function installFolder(folders: CorpusFolders, { id }: Install): string {
  return join(folders.installs, id)
}
