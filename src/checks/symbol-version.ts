import type { UnmetVersion } from '../loader/load-result.ts'
import type { Check, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, listed } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { definedInBuild } from './native/build-library.ts'
import { buildPlace } from './native/build-place.ts'
import { type Lack, lacksOf, openLoads } from './native/lacks.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { sizeOf } from './native/size-of.ts'
import { availableVersion, mostTelling } from './native/unmet-words.ts'
import { breaks, consequence, strongest, verdict } from './native/verdict.ts'
import { versionRemedy } from './native/version-remedy.ts'

const ID = 'symbol-version'

type Unmet = Lack<UnmetVersion>

export const symbolVersion: Check = {
  id: ID,
  title: 'Native code finds the symbol versions that it needs',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...openLoads(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const ownerOf = owners(subject.artifact)
  const lacks = lacksOf(subject, view, ({ unmet }) => unmet)
  const causes = groupBy(lacks, ({ load, lack: { neededBy } }) => {
    const key = causeKey(neededBy.path, ownerOf(neededBy.path))
    return `${verdict(load.need, view).level} ${key}`
  })
  return [...causes.values()].map((cause) => finding(cause, subject, view))
}

function finding(cause: readonly Unmet[], subject: Subject, view: RuntimeView): GroundedFinding {
  const paths = [...new Set(cause.map(({ lack }) => lack.neededBy.path))]
  const owner = owners(subject.artifact)(paths[0] ?? '')
  const { what, ...name } = nameFiles(paths, owner)
  const need = strongest(cause.map(({ load }) => load.need))
  const because = cause.find(({ load }) => load.need === need)?.load.because ?? ''
  const unmet = mostTelling(cause.map(({ lack }) => lack))
  const needs = listed(
    unmet.map(({ version, soname }) => `${code(version)} of ${code(soname)}`),
    MOST_NAMED,
  )
  const place = subject.plan.kind === 'image' ? 'image' : 'runtime'
  const has = listed([...new Set(unmet.map((one) => availableVersion(one, view)))], MOST_NAMED)
  return {
    rule: ID,
    ...name,
    ...verdict(need, view),
    ...breaks(cause.map(({ load }) => load)),
    message: `${what} ${paths.length === 1 ? 'needs' : 'need'} ${needs}; the ${place} has ${has}${inBuild(unmet, subject)}${loadedFirst(unmet, subject)}${consequence(need, because, paths.length)}`,
    expected: `the ${place}'s libraries: ${has}`,
    actual: `${needs} (${code(loaderWords(cause, unmet, view))})`,
    help: versionRemedy(paths[0] ?? '', owner, unmet, subject, view),
    ...examplesOf(paths),
    grounds: { unmetVersions: cause.map(({ lack }) => lack.version) },
    ...(need === 'unused' ? { bytes: sizeOf([...new Set(cause.map(({ load }) => load.file))], subject) } : {}),
  }
}

const MOST_NAMED = 3

/** Which packages of what compiled the code explain it. */
function inBuild(unmet: readonly UnmetVersion[], subject: Subject): string {
  const found = unmet.flatMap((one) => definedInBuild(one, subject) ?? [])
  if (found.length === 0) return ''
  const named = found.map(({ path, package: from }) => code(from === undefined ? path : `${from.name} ${from.version}`))
  return `; ${buildPlace(subject).name} has ${found.length === 1 ? 'it' : 'them'} (${listed([...new Set(named)], MOST_NAMED)})`
}

/** What stands in the log when it is loaded, as the C library writes it. */
function loaderWords(cause: readonly Unmet[], [told]: readonly UnmetVersion[], { libc }: RuntimeView): string {
  const first = cause.find(({ lack }) => lack.version === told?.version && lack.soname === told.soname)
  if (first === undefined || libc?.family === 'musl') return 'Error relocating: symbol not found'
  const { version, provider, neededBy } = first.lack
  // Under the name by which the loader came to it.
  const path = first.load.result.objects.find(({ file }) => file === provider)?.path ?? provider.path
  return `${path}: version '${version}' not found (required by ${neededBy.path})`
}

/** Said where people wonder: they ship a newer copy, and the process holds an older library of that name already. */
function loadedFirst(unmet: readonly UnmetVersion[], { artifact }: Subject): string {
  const first = unmet.find(
    ({ alreadyLoaded, soname, version, provider }) =>
      alreadyLoaded && artifact.elf.some((file) => isCopy(file, soname, version) && file.path !== provider.path),
  )
  if (first === undefined) return ''
  const copy = artifact.elf.find((file) => isCopy(file, first.soname, first.version))?.path ?? ''
  return ` (the process has loaded ${code(first.provider.path)} before, so that the copy at ${code(copy)} is not looked at)`
}

function isCopy(
  { soname, versionsDefined }: { readonly soname?: string; readonly versionsDefined: readonly string[] },
  wanted: string,
  version: string,
): boolean {
  return soname === wanted && versionsDefined.includes(version)
}
