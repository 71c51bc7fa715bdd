import { posix } from 'node:path'
import type { PythonDistribution } from '../inspect/python/python-file.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { reinstall } from './native/reinstall.ts'
import { placed } from './python/import-result.ts'
import { type MissingMetadata, missingMetadata } from './python/missing-metadata.ts'
import { type MissingRequirement, missingRequirements } from './python/missing-requirements.ts'
import { noPython } from './python/no-python.ts'
import { pythonImports } from './python/python-imports.ts'
import { pythonNeeds } from './python/python-needs.ts'
import { type UndeclaredRequirement, undeclaredRequirements } from './python/undeclared-requirements.ts'

const ID = 'python-record'
// Left out on purpose by many, and imported by nobody but tests.
const DISPENSABLE = /(?:^|\/)(?:tests?|testing|examples?|docs?)\/|(?:^|\/)_?test\w*\.[^/]*$|_tests?\.[^/]*$/

export const pythonRecord: Check = {
  id: ID,
  title: "What Python's package manager installed is all there",
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...noPython(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return []
  const scope = userScope(subject)
  const lost = subject.artifact.facts.python.flatMap((fact) => {
    if (fact.kind !== 'distribution' || !scope.adds(fact.path)) return []
    const site = posix.dirname(fact.path)
    if (!imports.interpreter.path.includes(site)) return []
    const absent = (fact.record?.native ?? [])
      .filter((path) => !DISPENSABLE.test(path))
      .map((path) => `${site}/${path}`)
      .filter((path) => view.tree.resolve(path) === undefined)
    return absent.length === 0 ? [] : [finding(fact, absent, subject, view)]
  })
  const missing = missingRequirements(imports, subject)
  return [
    ...lost,
    ...missing.map((one) => withoutRequirement(one, subject, view)),
    ...undeclaredRequirements(imports, subject, missing).map((one) => undeclared(one, subject, view)),
    ...missingMetadata(imports).map((one) => withoutMetadata(one, subject, view)),
  ]
}

/** Somebody took `.dist-info` folders out to save space, and a package asks for its own when it is imported. */
function withoutMetadata({ name, module, place }: MissingMetadata, { plan }: Subject, view: RuntimeView): Finding {
  const where = plan.kind === 'layer' ? 'neither the layer nor the runtime has' : 'the image does not have'
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: place.path,
    owner: `pkg:pypi/${name}`,
    message: `${code(`import ${module}`)} asks for the metadata of ${code(name)}, which ${where}, and fails (${code('PackageNotFoundError')}, ${placed(place)})`,
    expected: `a folder ${code(`${name.replaceAll('-', '_')}-<version>.dist-info`)} with ${code('METADATA')}`,
    actual: 'none',
    help: `Keep the ${code('.dist-info')} folders; of them only ${code('RECORD')} and licenses can be spared.\npip install ${name} --target python`,
    ...examplesOf([placed(place)]),
  }
}

/** Its author had it installed, or another package brought it then: of the layer's packages none asks for it. */
function undeclared(
  { absent, module, distribution, place }: UndeclaredRequirement,
  { plan }: Subject,
  view: RuntimeView,
): Finding {
  const where = plan.kind === 'layer' ? 'neither the layer nor the runtime has' : 'the image does not have'
  const what = code(`${distribution.name} ${distribution.version}`)
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: place.path,
    owner: `pkg:pypi/${distribution.name}`,
    message: `${code(`import ${module}`)} asks for ${code(absent)}, which ${where} and ${what} does not say that it requires, and fails (\`No module named '${absent}'\`, ${placed(place)})`,
    expected: code(absent),
    actual: `no ${code(absent)}`,
    help: `Add what brings ${code(absent)} to your requirements. When another layer of the function brings it, ignore this finding: \`ignore: ${ID} pkg:pypi/${distribution.name}\`.\npip install ${absent} --target python`,
    ...examplesOf([placed(place)]),
  }
}

/** Installed with `--no-deps`, or a package that somebody took out to save space. */
function withoutRequirement(
  { name, requiredBy, failure }: MissingRequirement,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const [first] = requiredBy
  const by = requiredBy.map((one) => code(`${one.name} ${one.version}`))
  const place = subject.plan.kind === 'layer' ? 'neither the layer nor the runtime has' : 'the image does not have'
  const required = `${by.slice(0, 3).join(', ')}${by.length > 3 ? ` and ${by.length - 3} more` : ''} ${by.length === 1 ? 'requires' : 'require'} ${code(name)}, which ${place}`
  return {
    rule: ID,
    ...(failure === undefined
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence } as const)),
    subject: first?.path ?? name,
    owner: `pkg:pypi/${name}`,
    message:
      failure === undefined
        ? `${required}; the import does not ask for it, a call may`
        : `${required}, and \`import ${failure.module}\` fails (\`No module named '${failure.absent}'\`, asked for by ${placed(failure.place)})`,
    expected: code(name),
    actual: `no ${code(name)}`,
    help: `Install with dependencies, without \`--no-deps\`. When another layer of the function brings it, ignore this finding: \`ignore: ${ID} pkg:pypi/${name}\`.\npip install ${name} --target python`,
    ...examplesOf(requiredBy.map(({ path }) => path)),
  }
}

function finding(
  { path, name, version, record }: PythonDistribution,
  absent: readonly string[],
  subject: Subject,
  view: RuntimeView,
): Finding {
  const needs = pythonNeeds(subject, view)
  const broken = absent.map((one) => needs.get(one)).find((need) => need?.need === 'required' && need.fails)
  const count = counted(absent.length, 'compiled file')
  const said = `${count} of ${code(`${name} ${version}`)} that its RECORD lists ${absent.length === 1 ? 'is' : 'are'} not there`
  const owner = owners(subject.artifact)(absent[0] ?? path)
  return {
    rule: ID,
    ...(broken === undefined
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence } as const)),
    subject: path,
    owner: `pkg:pypi/${name}`,
    message:
      broken === undefined
        ? `${said}; no import of the package itself fails for it`
        : `${said}, and \`import ${broken.module}\` fails (${broken.because})`,
    expected: `${counted(record?.native.length ?? 0, 'compiled file')}`,
    actual: `${absent.length} absent`,
    help: `Something left them out: a pattern of .dockerignore, of \`find -delete\` or of a packaging tool. Install the package again behind it.\n${reinstall(absent[0] ?? path, owner, subject, view)}`,
    ...examplesOf(absent),
  }
}
