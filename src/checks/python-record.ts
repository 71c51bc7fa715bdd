import { posix } from 'node:path'
import { pythonDistributions } from '../inspect/python/distributions.ts'
import type { PythonDistribution } from '../inspect/python/python-file.ts'
import type { Check, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { leftOut } from './native/left-out.ts'
import { misfit, outdated, uncompiled, undeclared, withoutMetadata } from './python/absence-findings.ts'
import { absentRequirements } from './python/absent-requirements.ts'
import { type LostFiles, lostFiles } from './python/lost-files.ts'
import { misfitNames } from './python/misfit-names.ts'
import { missingMetadata } from './python/missing-metadata.ts'
import { withoutRequirements } from './python/missing-requirement-findings.ts'
import { missingRequirements } from './python/missing-requirements.ts'
import { noPython } from './python/no-python.ts'
import { outdatedRequirements } from './python/outdated-requirements.ts'
import { pythonImports } from './python/python-imports.ts'
import { breaks, pythonNeeds } from './python/python-needs.ts'
import { replaced } from './python/replaced-finding.ts'
import { replacedFolders } from './python/replaced-packages.ts'
import { uncompiledPackages } from './python/uncompiled-packages.ts'
import { undeclaredRequirements } from './python/undeclared-requirements.ts'

const ID = 'python-record'

export const pythonRecord: Check = {
  id: ID,
  title: "What Python's package manager installed is all there",
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...noPython(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return []
  const scope = userScope(subject)
  const lost = pythonDistributions(subject.artifact.facts.python).flatMap((distribution) => {
    if (!scope.adds(distribution.path)) return []
    if (!imports.interpreter.path.includes(posix.dirname(distribution.path))) return []
    const files = lostFiles(distribution, view)
    return files.absent.length === 0 ? [] : [finding(distribution, files, subject, view)]
  })
  const missing = missingRequirements(imports, subject)
  // pip left it out for a newer Python: `python-wheel-tag` says that.
  const forNewer = new Set(absentRequirements(imports, subject).map(({ distribution }) => distribution))
  return [
    ...lost,
    ...replacedFolders(imports, subject).map((one) => replaced(one, subject, view)),
    ...withoutRequirements(
      missing.filter(({ requiredBy }) => !requiredBy.every((one) => forNewer.has(one))),
      subject,
      view,
    ),
    ...undeclaredRequirements(imports, subject, missing).map((one) => undeclared(one, subject, view)),
    ...misfitNames(imports, subject).map((one) => misfit(one, subject, view)),
    ...outdatedRequirements(imports, subject).map((one) => outdated(one, subject, view)),
    ...uncompiledPackages(imports, subject).map((one) => uncompiled(one, subject, view)),
    ...missingMetadata(imports).map((one) => withoutMetadata(one, subject, view)),
  ]
}

function finding(
  { path, name, version }: PythonDistribution,
  { listed, absent }: LostFiles,
  subject: Subject,
  view: RuntimeView,
): GroundedFinding {
  const needs = pythonNeeds(subject, view)
  const failing = absent
    .flatMap((one) => needs.get(one) ?? [])
    .filter(({ need, fails }) => need === 'required' && fails)
  const [broken] = failing
  const of = code(`${name} ${version}`)
  const [only] = absent.length === 1 ? absent : []
  const said =
    only === undefined
      ? `${absent.length} compiled files of ${of} that its RECORD lists are not there`
      : `${code(only)} of ${of}, which its RECORD lists, is not there`
  const owner = owners(subject.artifact)(absent[0] ?? path)
  return {
    rule: ID,
    ...(broken === undefined
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence, ...breaks(failing) } as const)),
    subject: path,
    owner: `pkg:pypi/${name}`,
    message:
      broken === undefined
        ? `${said}; no import of the package itself fails for it`
        : `${said}, and \`import ${broken.module}\` fails (${broken.because})`,
    expected: only === undefined ? counted(listed, 'compiled file') : code(only),
    actual: only === undefined ? `${absent.length} absent` : 'no such file',
    help: leftOut(absent[0] ?? path, owner, subject, view),
    ...examplesOf(absent),
    grounds: { incomplete: path },
  }
}
