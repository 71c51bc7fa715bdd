import type { UnmetVersion } from '../loader/load-result.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { type Owner, owners } from './facts/owners.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { otherSystem } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { platformRoles } from './native/platform-fit.ts'
import { isNode, isPython, reinstall } from './native/reinstall.ts'
import { sizeOf } from './native/size-of.ts'
import { consequence, openQuestions, strongest, verdict } from './native/verdict.ts'

const ID = 'symbol-version'

type Lack = { readonly load: NativeLoad; readonly unmet: UnmetVersion }

export const symbolVersion: Check = {
  id: ID,
  title: 'Native code finds the symbol versions that it needs',
  appliesTo: () => true,
  run(subject) {
    const open = runtimeViews(subject).flatMap((view) =>
      nativeLoads(subject, view).flatMap(({ result }) => result.open),
    )
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...openQuestions(open) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const ownerOf = owners(subject.artifact)
  const roleOf = platformRoles(subject, view.libc)
  const lacks = nativeLoads(subject, view)
    .filter((load) => load.result.unmet.length > 0 && !otherSystem(load, subject, view))
    .filter((load) => load.need !== 'unused' || roleOf(load.file, load.owner) !== 'spare')
    .flatMap((load) => load.result.unmet.map((unmet): Lack => ({ load, unmet })))
  const causes = groupBy(lacks, ({ load, unmet: { neededBy } }) => {
    const key = causeKey(neededBy.path, ownerOf(neededBy.path))
    return `${verdict(load.need, view).level} ${key}`
  })
  return [...causes.values()].map((cause) => finding(cause, subject, view))
}

function finding(cause: readonly Lack[], subject: Subject, view: RuntimeView): Finding {
  const paths = [...new Set(cause.map(({ unmet }) => unmet.neededBy.path))]
  const owner = owners(subject.artifact)(paths[0] ?? '')
  const { what, ...name } = nameFiles(paths, owner)
  const need = strongest(cause.map(({ load }) => load.need))
  const because = cause.find(({ load }) => load.need === need)?.load.because ?? ''
  const unmet = mostTelling(cause.map((one) => one.unmet))
  const needs = unmet.map(({ version, soname }) => `${code(version)} of ${code(soname)}`).join(', ')
  const has = unmet.map(({ newest, soname }) =>
    newest === undefined ? `no such version in ${code(soname)}` : `up to ${code(documented(newest, view))}`,
  )
  const place = subject.plan.kind === 'image' ? 'image' : 'runtime'
  const actual = [...new Set(has)].join(', ')
  return {
    rule: ID,
    ...name,
    ...verdict(need, view),
    message: `${what} ${paths.length === 1 ? 'needs' : 'need'} ${needs}; the ${place} has ${actual}${loadedFirst(unmet, subject)}, ${consequence(need, because)}`,
    expected: `the ${place}'s libraries: ${actual}`,
    actual: needs,
    help: remedy(paths[0] ?? '', owner, subject, view),
    ...examplesOf(paths),
    ...(need === 'unused' ? { bytes: sizeOf([...new Set(cause.map(({ load }) => load.file))], subject) } : {}),
  }
}

/** Our table takes patch releases in; glibc's documentation speaks of `2.26`. */
function documented(version: string, { confidence }: RuntimeView): string {
  return confidence === 'table' ? version.replace(/^(GLIBC_\d+\.\d+)\.\d+$/, '$1') : version
}

/** Of each library and family the newest version: it decides which system is new enough. */
function mostTelling(unmet: readonly UnmetVersion[]): readonly UnmetVersion[] {
  const groups = groupBy(unmet, ({ soname, version }) => `${soname} ${version.replace(/_[\d.]+$/, '')}`)
  return [...groups.values()].flatMap((group) => [...group].sort(byVersion).slice(-1))
}

const VERSIONS = new Intl.Collator('en', { numeric: true })

function byVersion(a: UnmetVersion, b: UnmetVersion): number {
  return VERSIONS.compare(a.version, b.version)
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

function remedy(path: string, owner: Owner | undefined, subject: Subject, view: RuntimeView): string {
  const { plan } = subject
  const glibc = view.libc?.version ?? '2.34'
  if (isPython(path, owner) && view.libc?.family === 'glibc') {
    return `It was built on a newer system: install a wheel for the runtime's C library; where there is none, pin an older version of the package.\n${reinstall(path, owner, subject, view)}`
  }
  if (isNode(path, owner)) {
    return `It was built on a newer system: ${plan.kind === 'image' ? 'install or compile it inside the image' : "install or compile it in the runtime's build image"}, or take a version whose prebuilt file fits.\n${reinstall(path, owner, subject, view)}`
  }
  if (imageTree(subject.artifact).elf.get(path)?.interpreter !== undefined) {
    const target = plan.architecture === 'arm64' ? 'aarch64' : 'x86_64'
    return `It was built on a newer system: build it for the runtime's C library, or link it statically (Go: ${code('CGO_ENABLED=0')}).\ncargo zigbuild --release --target ${target}-unknown-linux-gnu.${glibc}`
  }
  const base = plan.runtime?.baseImage ?? view.runtime?.baseImage
  if (view.os?.id === 'amzn' && base !== undefined) {
    return `It was built on a newer system: compile it in an image of the runtime, or link it statically.\nFROM ${base} AS build`
  }
  return `It was built on a newer system: compile it on ${code(view.os?.prettyName ?? 'the system of this image')}, or link it statically.`
}
