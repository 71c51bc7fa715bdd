import { basename, dirname, join } from 'node:path'
import { nearestNames } from '../nearest-names.ts'
import type { Files } from '../ports/files.ts'

/** What lies near a path that does not exist and may have been meant, as a sentence; empty when nothing does. */
export async function neighbours(path: string, files: Files): Promise<string> {
  const folder = dirname(path)
  if (folder !== '.' && (await files.kind(folder)) !== 'directory') return ` There is no folder \`${folder}\` either.`
  const names = await files.names(folder)
  const wanted = basename(path)
  const alike = names.filter((name) => name !== wanted && name.toLowerCase().includes(wanted.toLowerCase()))
  const near = [...new Set([...nearestNames(wanted, names), ...alike])].slice(0, 3)
  return near.length === 0 ? '' : ` Near it: ${near.map((name) => `\`${join(folder, name)}\``).join(', ')}.`
}
