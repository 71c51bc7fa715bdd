import { commonFolder } from '../facts/examples.ts'
import type { Owner } from '../facts/owners.ts'
import { packageFolder } from '../facts/package-folder.ts'
import { code, counted } from '../facts/wording.ts'

/** What files are counted as one cause by: their package, else the folder that stands for it. */
export function causeKey(path: string, owner: Owner | undefined): string {
  return owner?.purl ?? packageFolder(path)
}

/** `subject` and `owner` of a finding about files of one cause, and what messages call them. */
export function nameFiles(
  paths: readonly string[],
  owner: Owner | undefined,
): { readonly subject: string; readonly owner?: string; readonly what: string } {
  const subject = commonFolder(paths)
  const files = paths.length === 1 ? code(subject) : `${counted(paths.length, 'native file')} in ${code(subject)}`
  if (owner === undefined) return { subject, what: files }
  const version = owner.version === undefined ? '' : ` ${owner.version}`
  return { subject, owner: owner.purl, what: `${files} of ${code(`${owner.name}${version}`)}` }
}
