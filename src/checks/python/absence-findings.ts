import type { Finding, Subject } from '../check.ts'
import { examplesOf } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, shellWord } from '../facts/wording.ts'
import { installPython } from '../native/reinstall.ts'
import { distributionOf } from './distribution-names.ts'
import { type Place, placed } from './import-result.ts'
import type { MisfitName } from './misfit-names.ts'
import type { MissingMetadata } from './missing-metadata.ts'
import type { MissingRequirement } from './missing-requirements.ts'
import type { UncompiledPackage } from './uncompiled-packages.ts'
import type { UndeclaredRequirement } from './undeclared-requirements.ts'

const RULE = 'python-record'

/** Somebody took `.dist-info` folders out to save space, and a package asks for its own when it is imported. */
export function withoutMetadata(
  { name, module, place }: MissingMetadata,
  subject: Subject,
  view: RuntimeView,
): Finding {
  return {
    ...endsAt(place, name, view),
    message: `${code(`import ${module}`)} asks for the metadata of ${code(name)}, which ${nobody(subject)} has, and fails (${code('PackageNotFoundError')}, ${placed(place)})`,
    expected: `a folder ${code(`${name.replaceAll('-', '_')}-<version>.dist-info`)} with ${code('METADATA')}`,
    actual: 'none',
    help: `Keep the ${code('.dist-info')} folders; of them only ${code('RECORD')} and licenses can be spared.\n${installPython(shellWord(name), subject, view)}`,
  }
}

/** Its author had it installed, or another package brought it then: of the layer's packages none asks for it. */
export function undeclared(
  { absent, module, distribution, place }: UndeclaredRequirement,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const what = code(`${distribution.name} ${distribution.version}`)
  return {
    ...endsAt(place, distribution.name, view),
    message: `${code(`import ${module}`)} asks for ${code(absent)}, which ${nobody(subject)} has and ${what} does not say that it requires, and fails (\`No module named '${absent}'\`, ${placed(place)})`,
    expected: code(absent),
    actual: `no ${code(absent)}`,
    help: `Add what brings ${code(absent)} to your requirements.${otherLayer(distribution.name, subject)}\n${installPython(shellWord(distributionOf(absent)), subject, view)}`,
  }
}

/** Versions that do not go together: pinned by hand, or kept from an earlier install in the same folder. */
export function misfit(
  { module, from, name, distribution, other, place }: MisfitName,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const what = code(`${distribution.name} ${distribution.version}`)
  const there = code(`${other.name} ${other.version}`)
  return {
    ...endsAt(place, distribution.name, view),
    message: `${what} asks for ${code(`${from}.${name}`)}, which ${there} does not have, and \`import ${module}\` fails (\`cannot import name '${name}' from '${from}'\`, ${placed(place)})`,
    expected: `a version of ${code(other.name)} with ${code(`${from}.${name}`)}`,
    actual: there,
    help: `Let pip choose versions that go together, in an empty folder: \`--target\` keeps what is there already.\n${installPython(shellWord(distribution.name), subject, view)}`,
  }
}

/** What lies there is not what a wheel installs: nobody compiled the package. */
export function uncompiled(
  { distribution, module, absent, place }: UncompiledPackage,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const what = code(`${distribution.name} ${distribution.version}`)
  return {
    rule: RULE,
    level: 'error',
    confidence: view.confidence,
    subject: distribution.path,
    owner: `pkg:pypi/${distribution.name}`,
    message: `${code(`import ${module}`)} asks for ${code(absent)}, which ${what} does not have, and fails (${placed(place)}): the package has no compiled file at all, as its sources before they are built`,
    expected: `compiled files of ${what}`,
    actual: 'none',
    help: `Install the package's wheel for the runtime, not its sources.\n${installPython(shellWord(distribution.name), subject, view)}`,
    ...examplesOf([placed(place)]),
  }
}

/** Installed with `--no-deps`, or a package that somebody took out to save space. */
export function withoutRequirement(
  { name, requiredBy, failure }: MissingRequirement,
  subject: Subject,
  view: RuntimeView,
): Finding {
  const [first] = requiredBy
  const by = requiredBy.map((one) => code(`${one.name} ${one.version}`))
  const required = `${by.slice(0, 3).join(', ')}${by.length > 3 ? ` and ${by.length - 3} more` : ''} ${by.length === 1 ? 'requires' : 'require'} ${code(name)}, which ${nobody(subject)} has`
  return {
    rule: RULE,
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
    help: `Install with dependencies, without \`--no-deps\`.${otherLayer(name, subject)}\n${installPython(shellWord(name), subject, view)}`,
    ...examplesOf(requiredBy.map(({ path }) => path)),
  }
}

/** Of what ends an import in a package's own source. */
function endsAt(place: Place, name: string, { confidence }: RuntimeView) {
  const owner = `pkg:pypi/${name}`
  return { rule: RULE, level: 'error', confidence, subject: place.path, owner, ...examplesOf([placed(place)]) } as const
}

function nobody({ plan }: Subject): string {
  return plan.kind === 'layer' ? 'neither the layer nor the runtime' : 'nothing in the image'
}

function otherLayer(name: string, { plan }: Subject): string {
  if (plan.kind === 'image') return ''
  return ` When another layer of the function brings it, ignore this finding: \`ignore: ${RULE} pkg:pypi/${name}\`.`
}
