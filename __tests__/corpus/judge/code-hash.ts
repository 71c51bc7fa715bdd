import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
// What follows `from` in an import or export that is still there when the types are gone.
const IMPORTED = /^(?:import|export) (?!type\b)(?:[^;'"]*? )?(?:from )?'(\.[^']+)'$/gm

/**
 * Hash of source files and of all that they import, by which results of theirs are kept. Folders in `without` are not
 * followed into: what is below them has no say in the result.
 */
export function codeHash(entries: readonly string[], without: readonly string[] = []): string {
  const hash = createHash('sha256')
  for (const file of reached(entries, without)) hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex').slice(0, 16)
}

export function reached(entries: readonly string[], without: readonly string[] = []): readonly string[] {
  const found = new Set<string>()
  const queue = [...entries]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const path = file
    if (found.has(path) || without.some((folder) => path.startsWith(`${folder}/`))) continue
    found.add(path)
    const source = readFileSync(join(ROOT, path), 'utf8')
    for (const [, name = ''] of source.matchAll(IMPORTED)) queue.push(relative(ROOT, join(ROOT, dirname(path), name)))
  }
  return [...found].toSorted()
}
