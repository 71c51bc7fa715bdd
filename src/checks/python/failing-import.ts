import type { Finding, Subject } from '../check.ts'
import { runtimeViews } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'
import { breaks, pythonNeeds } from './python-needs.ts'

/** The import that fails for files which no loader takes, as the end of a sentence about them; nothing where none is seen to. */
export function failingImport(
  paths: readonly string[],
  subject: Subject,
): Pick<Finding, 'breaks'> & { readonly said: string } {
  const needs = runtimeViews(subject).flatMap((view) => {
    const ofView = pythonNeeds(subject, view)
    return paths.flatMap((path) => ofView.get(path) ?? []).filter(({ need, fails }) => need === 'required' && fails)
  })
  const [first] = needs
  if (first === undefined) return { said: '' }
  const { module, inUse, because } = first
  // Of a package that opens a library when it is used the import goes well; parts of it are modules that fail.
  const isUse = inUse === true && !module.includes('.')
  const said = isUse
    ? `, and the first use of ${code(module)} fails`
    : `, and ${code(`import ${module}`)} fails (${because})`
  return { said, ...breaks(needs) }
}
