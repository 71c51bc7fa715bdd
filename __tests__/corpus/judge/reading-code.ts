import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CorpusRuntime } from '../install.ts'
import { codeHash } from './code-hash.ts'

const INSPECT = fileURLToPath(new URL('../../../src/inspect', import.meta.url))
const LANGUAGES = { python: 'python', nodejs: 'node', java: 'java' } as const
const READERS = ['src/layer/read-layer.ts', 'src/adapters/layer-files.ts', 'src/inspect/gather.ts'] as const
// One folder per language that facts are taken for; other folders belong to every language.
const OF_ONE_LANGUAGE = ['python', 'node', 'java', 'ruby', 'dotnet'] as const

/**
 * Hash of the code that reads layers of a runtime and its image. The readers of other languages are left out: their
 * facts have no say in what is judged of this one, and are changed all day.
 */
export function readingCode({ id }: CorpusRuntime): string {
  const known = hashes.get(id) ?? codeHash(READERS, foreignFolders(id))
  hashes.set(id, known)
  return known
}

const hashes = new Map<CorpusRuntime['id'], string>()

function foreignFolders(id: CorpusRuntime['id']): readonly string[] {
  const own = Object.entries(LANGUAGES).find(([family]) => id.startsWith(family))?.[1]
  const there = new Set(readdirSync(INSPECT))
  for (const name of OF_ONE_LANGUAGE) if (!there.has(name)) throw new Error(`src/inspect has no folder ${name}`)
  return own === undefined ? [] : OF_ONE_LANGUAGE.filter((name) => name !== own).map((name) => `src/inspect/${name}`)
}
