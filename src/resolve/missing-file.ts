import type { Files } from '../ports/files.ts'
import { neighbours } from './neighbours.ts'

/** Why a path cannot be read as a file, with what is there instead; `undefined` when it is a file. */
export async function missingFile(path: string, files: Files): Promise<string | undefined> {
  const kind = await files.kind(path)
  if (kind === 'directory') return 'That is a folder, a file is needed.'
  return kind === undefined ? `There is no such file.${await neighbours(path, files)}` : undefined
}
