import { posix } from 'node:path'
import { type OperatingSystem, operatingSystem } from '../../lambda/operating-systems.ts'
import { RUNTIMES, type Runtime } from '../../lambda/runtimes.ts'
import type { UnmetVersion } from '../../loader/load-result.ts'
import type { Finding, Subject } from '../check.ts'
import { owners } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, counted, listed } from '../facts/wording.ts'
import { isOfDriver } from '../native/host-libraries.ts'
import { libraryRemedy } from '../native/library-remedy.ts'
import { availableVersion, mostTelling } from '../native/unmet-words.ts'
import type { DeadNatives } from './dead-natives.ts'
import type { JarLoad } from './jar-loads.ts'
import { jarOwner } from './user-jars.ts'

const MOST_NAMED = 3

/** Says which libraries of a jar its JVM cannot load, and what follows for the function. */
export function deadNativesFinding({ jar, loads, need }: DeadNatives, subject: Subject, view: RuntimeView): Finding {
  const lacks = [...new Set(loads.map((load) => lack(load, view)))]
  const first = code(loads[0]?.native.name ?? '')
  const what =
    loads.length === 1
      ? first
      : `${counted(loads.length, 'library', 'libraries')} that cannot be loaded, ${first} among them`
  const isBroken = loads.every(({ problem }) => problem !== undefined)
  return {
    rule: 'java-native',
    subject: jar.path,
    ...jarOwner(jar),
    ...(need === 'required' || need === 'fatal'
      ? { level: 'error', confidence: isBroken ? 'proven' : view.confidence }
      : { level: 'warning', confidence: 'heuristic' }),
    message: `${code(posix.basename(jar.path))} unpacks ${what}, which ${lacks[0]}: ${CONSEQUENCES[need]}`,
    expected: `libraries for ${code(subject.plan.architecture)} that ${code(view.runtime?.id ?? view.reference)} can load`,
    actual: lacks.join('; '),
    help: remedy(loads, jar, subject, view),
    count: loads.length,
    examples: loads.map(({ native }) => native.name).slice(0, 5),
  }
}

const CONSEQUENCES: Readonly<Record<DeadNatives['need'], string>> = {
  fatal: 'the JVM that loads it is killed (`SIGBUS`)',
  required: 'what needs it fails with `UnsatisfiedLinkError`',
  optional: 'it does not load, and whoever asks the library first goes on without its native code',
  unknown: 'it does not load, and nothing in the jar shows what goes on without it',
}

/** Continues a sentence about the library. */
function lack({ problem, missing, unmet }: JarLoad, view: RuntimeView): string {
  if (problem !== undefined) return `cannot be read as a native file (${problem})`
  const lost = missing.map(({ soname }) => code(soname))
  const versions = mostTelling(unmet)
  const wanted = versions.map(({ version, soname }) => `${code(version)} of ${code(soname)}`)
  const has = [...new Set(versions.map((one) => availableVersion(one, view)))]
  return [
    ...(lost.length === 0 ? [] : [`needs ${listed(lost, 5)}, which the loader does not find`]),
    ...(wanted.length === 0
      ? []
      : [`needs ${listed(wanted, MOST_NAMED)}, where the runtime has ${listed(has, MOST_NAMED)}`]),
  ].join(' and ')
}

function remedy(loads: readonly JarLoad[], jar: DeadNatives['jar'], subject: Subject, view: RuntimeView): string {
  const unmet = loads.flatMap((one) => one.unmet)
  if (unmet.length > 0) return newerSystem(unmet, jar, subject, view)
  const lost = [...new Set(loads.flatMap(({ missing }) => missing.map(({ soname }) => soname)))].sort()
  if (lost.length === 0)
    return `Build or download the jar again: \`unzip -t\` tells whether it is whole. Files kept by Git LFS are fetched first.\ngit lfs pull && mvn package`
  if (lost.every(isOfDriver))
    return 'Nothing provides a graphics driver on Lambda: take the variant of the library for CPUs.'
  return libraryRemedy(lost, owners(subject.artifact)(jar.path), subject, view, undefined)
}

function newerSystem(
  unmet: readonly UnmetVersion[],
  jar: DeadNatives['jar'],
  { plan }: Subject,
  { runtime }: RuntimeView,
): string {
  const name = jar.coordinates ?? posix.basename(jar.path)
  const newer = runtimesWith(unmet, runtime).map(({ id, baseImage }) => (plan.kind === 'image' ? baseImage : id))
  const older = `It was built on a newer system: take a version of ${code(name)} whose library fits`
  const [first] = newer
  if (first === undefined) return `${older}, or build it where the function runs.`
  return `${older}, or a runtime with a newer system (${listed(newer.map(code), MOST_NAMED)}).\n${plan.kind === 'image' ? `FROM ${first}` : `Runtime: ${first}`}`
}

/** Those of the same language on a system that has the versions, the one for the same release of the language first. */
function runtimesWith(unmet: readonly UnmetVersion[], runtime: Runtime | undefined): readonly Runtime[] {
  if (runtime?.family !== 'java') return []
  const newer = RUNTIMES.filter(
    ({ family, os }) => family === 'java' && unmet.every(({ version }) => defines(operatingSystem(os), version)),
  )
  const isSame = (row: Runtime) => row.classFileVersion === runtime.classFileVersion
  return [...newer.filter(isSame), ...newer.filter((row) => !isSame(row))]
}

const NUMBERS = new Intl.Collator('en', { numeric: true })

function defines({ glibc, glibcxx, cxxabi }: OperatingSystem, version: string): boolean {
  const [, family, number = ''] = /^(GLIBC|GLIBCXX|CXXABI)_([\d.]+)$/.exec(version) ?? []
  const has = { GLIBC: glibc, GLIBCXX: glibcxx, CXXABI: cxxabi }[family ?? '']
  return has !== undefined && NUMBERS.compare(number, has) <= 0
}
