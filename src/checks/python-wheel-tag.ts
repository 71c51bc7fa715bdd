import { posix } from 'node:path'
import { pythonDistributions } from '../inspect/python/distributions.ts'
import type { PythonDistribution } from '../inspect/python/python-file.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { type Owner, owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { reinstall } from './native/reinstall.ts'
import { type AbsentRequirement, absentRequirements } from './python/absent-requirements.ts'
import { filesOf } from './python/import-result.ts'
import { noPython } from './python/no-python.ts'
import { type OtherNumpy, otherNumpy } from './python/other-numpy.ts'
import { otherPythonFindings } from './python/other-python-findings.ts'
import { type PackageImports, pythonImports } from './python/python-imports.ts'
import { breaks, pythonNeeds } from './python/python-needs.ts'
import { wheelMisfit } from './python/wheel-tags.ts'

const ID = 'python-wheel-tag'

export const pythonWheelTag: Check = {
  id: ID,
  title: "Python's wheels are those of the runtime's Python and system",
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...noPython(subject) }
  },
}

/** Wheels' tags lie both ways: only where an import fails they are the explanation. */
function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return []
  const target = {
    minor: imports.interpreter.minor,
    architecture: subject.plan.architecture,
    ...(view.libc === undefined ? {} : { libc: view.libc }),
  }
  const ownerOf = owners(subject.artifact)
  const broken = brokenPackages(imports.packages, subject, view)
  const absent = groupBy(absentRequirements(imports, subject), ({ distribution }) => distribution.path)
  return [
    ...[...broken].flatMap(([distribution, { module, files }]) => {
      const misfit = wheelMisfit(distribution.tags ?? [], target)
      return misfit === undefined ? [] : [finding(distribution, misfit, module, files, subject, view)]
    }),
    ...[...absent.values()].map((same) => otherPython(same, subject, view)),
    ...otherPythonFindings(ID, imports, subject, view),
    ...[
      ...groupBy(otherNumpy(imports), ({ file, goesOn }) => `${goesOn} ${causeKey(file, ownerOf(file))}`).values(),
    ].map((same) => madeForNumpy1(same, ownerOf(same[0]?.file ?? ''), view)),
  ]
}

/** NumPy 2 refuses code that was compiled against NumPy 1, whatever versions the packages say that they take. */
function madeForNumpy1(same: readonly OtherNumpy[], owner: Owner | undefined, view: RuntimeView): Finding {
  const [first] = same as readonly [OtherNumpy]
  const files = [...new Set(same.map(({ file }) => file))]
  const { what, ...name } = nameFiles(files, owner)
  return {
    rule: ID,
    ...name,
    ...(first.goesOn
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence, ...breaks([first]) } as const)),
    message: `${what} ${files.length === 1 ? 'was' : 'were'} compiled against NumPy 1, which ${code(`numpy ${first.version}`)} refuses, and \`import ${first.module}\` ${first.goesOn ? 'goes on without: what needs it fails later' : 'fails'} (\`numpy.core.multiarray failed to import\`)`,
    expected: `${code('numpy<2')}, or code compiled against NumPy 2`,
    actual: code(`numpy ${first.version}`),
    help: `Take a version of ${owner === undefined ? 'the package' : code(owner.name)} that was built for NumPy 2, or keep NumPy 1.\npip install 'numpy<2' --target python`,
    ...examplesOf(files),
  }
}

/** Nothing of it is for another Python, but it was chosen for one. */
function otherPython(same: readonly AbsentRequirement[], subject: Subject, view: RuntimeView): Finding {
  const [first] = same as readonly [AbsentRequirement]
  const { path, name, version } = first.distribution
  const requirements = [...new Set(same.map(({ requirement }) => requirement))]
  const python = pythonImports(subject, view)?.interpreter.version ?? ''
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: path,
    owner: `pkg:pypi/${name}`,
    message: `${code(`${name} ${version}`)} was installed for a newer Python: it requires ${requirements.map(code).join(', ')}, which is not there, and \`import ${first.module}\` fails (\`No module named '${first.absent}'\`)`,
    expected: `what ${code(name)} requires in Python ${python}`,
    actual: `no ${code(first.absent)}`,
    ...breaks(same),
    help: `Let pip choose for the runtime's Python.\n${reinstall(first.path, owners(subject.artifact)(first.path), subject, view)}`,
    ...examplesOf([...new Set(same.map((one) => one.path))]),
  }
}

type Broken = { readonly module: string; readonly files: readonly string[] }

/** Distributions with a native file for the lack of which some import fails. */
function brokenPackages(
  packages: readonly PackageImports[],
  subject: Subject,
  view: RuntimeView,
): Map<PythonDistribution, Broken> {
  const { artifact } = subject
  const ownerOf = owners(artifact)
  const needs = pythonNeeds(subject, view)
  const byFolder = new Map(pythonDistributions(artifact.facts.python).map((one) => [one.path, one]))
  const broken = new Map<PythonDistribution, Broken>()
  for (const { module, failures } of packages.flatMap(({ imports }) => imports)) {
    for (const path of failures.flatMap(filesOf)) {
      if (needs.get(path)?.need !== 'required') continue
      const distribution = byFolder.get(ownerOf(path)?.folder ?? '')
      if (distribution === undefined) continue
      const before = broken.get(distribution)
      broken.set(distribution, {
        module: before?.module ?? module,
        files: [...new Set([...(before?.files ?? []), path])],
      })
    }
  }
  return broken
}

function finding(
  { path, name, version, tags = [] }: PythonDistribution,
  misfit: string,
  module: string,
  files: readonly string[],
  subject: Subject,
  view: RuntimeView,
): Finding {
  const owner = owners(subject.artifact)(files[0] ?? path)
  const listed = `${tags.slice(0, 2).map(code).join(', ')}${tags.length > 2 ? ` and ${tags.length - 2} more` : ''}`
  const version3 = pythonImports(subject, view)?.interpreter.version ?? ''
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: posix.join(path),
    owner: `pkg:pypi/${name}`,
    message: `The wheel of ${code(`${name} ${version}`)} is ${misfit} (${listed}), and \`import ${module}\` fails`,
    expected: `a wheel for Python ${version3}${view.libc === undefined ? '' : ` and ${view.libc.family} ${view.libc.version}`}`,
    actual: listed,
    ...breaks([{ module }]),
    help: `Install the wheel that pip chooses for the runtime.\n${reinstall(files[0] ?? path, owner, subject, view)}`,
    ...examplesOf(files),
  }
}
