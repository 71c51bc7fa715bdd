import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Damage } from '../install.ts'

type Exclusion = Extract<Damage, `${string}-excluded`>

// As lists of exclusions have them: of the Serverless Framework's `package.patterns`, of .dockerignore and .gitignore.
const EXCLUDED: Readonly<Record<Exclusion, { readonly folders: RegExp; readonly files: RegExp }>> = {
  'addons-excluded': { folders: /^$/, files: /\.node$/ },
  'documents-excluded': {
    folders: /^(?:\.github|__tests__|docs?|examples?|tests?)$/,
    files: /\.(?:md|markdown|ts|map|flow)$|^(?:LICENSE|CHANGELOG)/,
  },
  'sources-excluded': { folders: /^src$/, files: /\.(?:c|cc|cpp|h|ts|map)$/ },
  'build-excluded': { folders: /^build$/, files: /^$/ },
}

export function isExclusion(damage: Damage): damage is Exclusion {
  return damage in EXCLUDED
}

/** Takes out of every package what an exclusion matches, never a package itself. Says why it cannot. */
export function excludeFiles(layer: string, exclusion: Exclusion): string | undefined {
  const { folders, files } = EXCLUDED[exclusion]
  const paths = readdirSync(layer, { recursive: true, withFileTypes: true })
    .filter((entry) => (entry.isDirectory() ? folders : files).test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(relative(layer, path)))
  for (const path of paths) rmSync(path, { recursive: true, force: true })
  return paths.length === 0 ? 'nothing of the kind in the layer' : undefined
}

/** npm: the packages for one system alone, as a lock file that another system wrote lacks them (npm/cli#4828). */
export function removePlatformPackages(layer: string): string | undefined {
  const modules = join(layer, 'nodejs/node_modules')
  const folders = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === 'package.json' && isForOneSystem(join(entry.parentPath, entry.name)))
    .map(({ parentPath }) => parentPath)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  return folders.length === 0 ? 'nothing of the kind in the layer' : undefined
}

function isForOneSystem(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    const { os, cpu } = JSON.parse(readFileSync(file, 'utf8')) as { os?: readonly string[]; cpu?: readonly string[] }
    return os?.length === 1 && cpu?.length === 1
  } catch {
    // Some packages have a package.json among their tests that is none.
    return false
  }
}
