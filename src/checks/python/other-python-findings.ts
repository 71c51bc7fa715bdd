import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Finding, Subject } from '../check.ts'
import { examplesOf, groupBy } from '../facts/examples.ts'
import { owners } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'
import { code, counted } from '../facts/wording.ts'
import { reinstall } from '../native/reinstall.ts'
import { placed } from './import-result.ts'
import { type MadeForOtherPython, madeForOtherPython } from './other-python.ts'
import { ofAnyVersion, reinstallPython } from './pip-install.ts'
import type { PythonImports } from './python-imports.ts'
import { breaks } from './python-needs.ts'
import { takesPython } from './version-specifier.ts'

/** Code that takes for granted what only other Pythons have, and packages whose metadata say that they are for others. */
export function otherPythonFindings(
  rule: string,
  imports: PythonImports,
  subject: Subject,
  view: RuntimeView,
): readonly Finding[] {
  const lacking = madeForOtherPython(imports, subject)
  const broken = [...groupBy(lacking, ({ distribution, place }) => distribution?.path ?? place.path).values()]
  const said = new Set(lacking.map(({ distribution }) => distribution?.path))
  const others = notForPython(imports, subject).filter(({ path }) => !said.has(path))
  return [
    ...broken.map((same) => lackingFinding(rule, same, imports, subject, view)),
    ...(others.length === 0 ? [] : [metadataFinding(rule, others, imports, subject, view)]),
  ]
}

function lackingFinding(
  rule: string,
  same: readonly MadeForOtherPython[],
  { interpreter }: PythonImports,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const [first] = same as readonly [MadeForOtherPython]
  const { distribution, place, made, minor, module } = first
  const what = distribution === undefined ? code(place.path) : code(`${distribution.name} ${distribution.version}`)
  const python = `Python ${interpreter.version}`
  const owner = owners(subject.artifact)(place.path)
  return {
    rule,
    level: 'error',
    confidence: view.confidence,
    subject: distribution?.path ?? place.path,
    ...(distribution === undefined ? {} : { owner: `pkg:pypi/${distribution.name}` }),
    message: `${what} was made for Python 3.${minor} and ${made}: it ${first.isSyntax === true ? 'is written with' : 'imports'} ${lackOf(first)} (${placed(place)}), which ${python} ${made === 'newer' ? (first.isSyntax === true ? 'cannot compile' : 'does not have') : 'no longer has'}, and \`import ${module}\` fails`,
    expected: `code for ${python}`,
    actual: [...new Set(same.map(lackOf))].join(', '),
    ...breaks(same),
    help: `Let pip choose the version for the runtime's Python.\n${reinstall(place.path, owner && ofAnyVersion(owner), subject, view)}`,
    ...examplesOf([...new Set(same.map((one) => placed(one.place)))]),
  }
}

function lackOf({ lacks, isSyntax }: MadeForOtherPython): string {
  return isSyntax === true ? lacks : code(lacks)
}

/** pip would have taken other versions: it was told of another Python, or ran in one. */
function metadataFinding(
  rule: string,
  others: readonly PythonDistribution[],
  { interpreter }: PythonImports,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const [first] = others as readonly [PythonDistribution]
  const named = others.slice(0, 3).map(({ name, version }) => code(`${name} ${version}`))
  const rest = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  const isOne = others.length === 1
  return {
    rule,
    level: 'warning',
    confidence: 'heuristic',
    subject: first.path,
    owner: `pkg:pypi/${first.name}`,
    message: `${named.join(', ')}${rest} ${isOne ? 'says' : 'say'} that ${isOne ? 'it is' : 'they are'} not for Python ${interpreter.version}: pip chose for another one`,
    expected: `${counted(others.length, 'package')} for Python ${interpreter.version}`,
    actual: [...new Set(others.map(({ requiresPython = '' }) => code(`Requires-Python: ${requiresPython}`)))].join(
      ', ',
    ),
    help: `Install for the runtime's Python; pip takes older versions then.\n${reinstallPython(undefined, subject, view)}`,
    ...examplesOf(others.map(({ path }) => path)),
  }
}

function notForPython({ interpreter }: PythonImports, subject: Subject): readonly PythonDistribution[] {
  const scope = userScope(subject)
  const saying = pythonDistributions(subject.artifact.facts.python).flatMap((one) =>
    one.requiresPython !== undefined && scope.adds(one.path) && interpreter.path.includes(posix.dirname(one.path))
      ? [{ one, wants: one.requiresPython }]
      : [],
  )
  // Most packages say one of a few.
  const refusing = new Set(
    [...new Set(saying.map(({ wants }) => wants))].filter((wants) => !takesPython(wants, interpreter.minor)),
  )
  return saying.flatMap(({ one, wants }) => (refusing.has(wants) ? [one] : []))
}
