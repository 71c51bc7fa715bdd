import type { Files } from '../../../src/ports/files.ts'
import { readTemplate } from '../../../src/template/read-template.ts'
import type { TemplateRead } from '../../../src/template/template-read.ts'
import { type InputTexts, read } from '../../builders/inputs.ts'
import { filesIn, packed, texts } from './assembly-files.ts'

export const FOLDER = 'cdk.out'

type Known = { readonly region?: string; readonly account?: string }

/** What the assembly of a fixture says, given a `with:` block. */
export function readFixture(name: string, given: InputTexts = {}, known: Known = {}): Promise<TemplateRead> {
  return readFiles(filesIn(FOLDER, texts(packed(name))), given, known)
}

/** What an assembly says whose files differ from those of a fixture; `undefined` takes one away. */
export function readChanged(
  name: string,
  changes: Readonly<Record<string, string | undefined>>,
  given: InputTexts = {},
): Promise<TemplateRead> {
  const all = Object.entries({ ...texts(packed(name)), ...changes })
  const left = all.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]))
  return readFiles(filesIn(FOLDER, Object.fromEntries(left)), given)
}

export async function readFiles(files: Files, given: InputTexts, known: Known = {}): Promise<TemplateRead> {
  const path = given.template ?? FOLDER
  const { inputs, problems } = read({ template: path, ...given })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return await readTemplate({ path, given: inputs, ...known }, files)
}
