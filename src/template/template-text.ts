import type { Files } from '../ports/files.ts'
import { LARGEST_TEMPLATE } from './document/parse-template.ts'

/** The text of a template's file, or why there is none. No more is read than a template may be large. */
export async function templateText(
  path: string,
  files: Pick<Files, 'readStart'>,
): Promise<{ readonly text: string } | { readonly why: string }> {
  const bytes = await files.readStart(path, LARGEST_TEMPLATE + 1)
  if (bytes === undefined) return { why: 'There is no such file.' }
  if (bytes.length > LARGEST_TEMPLATE) return { why: 'It is larger than 2 MB; CloudFormation takes templates of 1 MB.' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { why: 'It is no text in UTF-8.' }
  }
}
