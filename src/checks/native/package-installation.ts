import { posix } from 'node:path'
import type { OsRelease } from '../../inspect/evidence.ts'
import { architectureRow } from '../../lambda/architecture.ts'
import { BEFORE_DEBIAN_12, libraryPackage } from '../../lambda/library-packages.ts'
import { ownValue } from '../../own-value.ts'
import type { Subject } from '../check.ts'
import { type PackageSystem, packageSystem } from '../facts/installed-packages.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

export type SystemPackages = {
  /** Names that the system's package manager takes. */
  readonly packages: readonly string[]
  /** Sonames that nobody knows a package for. */
  readonly unknown: readonly string[]
  /** The distribution, for people. */
  readonly system: string
}

/** Which packages of the system that runs the function bring these libraries. */
export function systemPackages(
  sonames: readonly string[],
  { plan }: Subject,
  { os, runtime }: RuntimeView,
): SystemPackages {
  const named = sonames.map((soname) => [soname, packageFor(soname, os)] as const)
  if (isByProvides(os))
    return { packages: named.flatMap(([, name]) => name ?? []), unknown: [], system: os?.prettyName ?? '' }
  const system = packageSystem(os) ?? (plan.kind === 'layer' || os === undefined ? runtime?.os : undefined)
  const known = sonames.map(
    (soname) => [soname, system === undefined ? undefined : nameIn(system, soname, os)] as const,
  )
  return {
    packages: [...new Set(known.flatMap(([, name]) => name ?? []))],
    unknown: known.filter(([, name]) => name === undefined).map(([soname]) => soname),
    system:
      system === undefined
        ? (os?.prettyName ?? 'the system')
        : system === 'debian'
          ? (os?.prettyName ?? 'Debian')
          : SYSTEMS[system],
  }
}

const SYSTEMS: Readonly<Record<PackageSystem, string>> = {
  al2023: 'Amazon Linux 2023',
  al2: 'Amazon Linux 2',
  debian: 'Debian',
}

// Package managers that find a package by the soname it provides; others are told a name.
const RPM_SYSTEMS = new Set(['fedora', 'rhel', 'centos', 'rocky', 'almalinux', 'ol'])

function isByProvides(os: OsRelease | undefined): boolean {
  return os?.id === 'alpine' || RPM_SYSTEMS.has(os?.id ?? '')
}

function packageFor(soname: string, os: OsRelease | undefined): string | undefined {
  if (os?.id === 'alpine') return `so:${soname}`
  return RPM_SYSTEMS.has(os?.id ?? '') ? `'${soname}()(64bit)'` : undefined
}

function nameIn(system: PackageSystem, soname: string, os: OsRelease | undefined): string | undefined {
  const isOld = os?.id === 'debian' && Number(os.versionId) < 12
  if (system === 'debian' && isOld && Object.hasOwn(BEFORE_DEBIAN_12, soname)) return ownValue(BEFORE_DEBIAN_12, soname)
  return libraryPackage(soname)?.[system]
}

/** Lines of a Dockerfile, or a command that fills `lib/` of a layer, that install these packages. */
export function installation(
  packages: readonly string[],
  sonames: readonly string[],
  { plan }: Subject,
  view: RuntimeView,
): string {
  const names = packages.join(' ')
  if (plan.kind === 'image') return inImage(names, sonames, plan.architecture, view)
  // Whatever the packages bring is new in that folder: the libraries and what they need in turn.
  const { platform, debian } = architectureRow(plan.architecture)
  const take = 'for f in *.so*; do grep -qxF "$f" /tmp/had || cp -L "$f" /out/; done'
  const { folder, install } = forLayer(debian, view)
  const script = `cd ${folder} && ls > /tmp/had && ${install} ${quotedFor(names)} && ${take}`
  return `docker run --rm --platform ${platform} -v "$PWD/lib:/out" --entrypoint sh ${view.reference} -c '${script}'`
}

/** Where the runtime's system keeps its libraries, and how it installs them. */
function forLayer(debian: string, view: RuntimeView): { readonly folder: string; readonly install: string } {
  if (view.os?.id === 'alpine') return { folder: '/usr/lib', install: 'apk add --no-cache' }
  if (packageSystem(view.os) !== 'debian') return { folder: '/usr/lib64', install: `${manager(view)} install -y` }
  return {
    folder: `/usr/lib/${debian}`,
    install: 'apt-get update && apt-get install -y --no-install-recommends',
  }
}

/** Within the single quotes of the shell command. */
function quotedFor(names: string): string {
  return names.replaceAll("'", '"')
}

function inImage(
  names: string,
  sonames: readonly string[],
  architecture: Subject['plan']['architecture'],
  view: RuntimeView,
): string {
  const { os, facts } = view
  if (os?.id === 'alpine') return `RUN apk add --no-cache ${names}`
  if (packageSystem(os) !== 'debian') return `RUN ${manager(view)} install -y ${names}`
  const apt = `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`
  // Distroless images keep their inventory in this folder and have no package manager.
  const isDistroless = facts.packages.some(({ path }) => posix.dirname(path).endsWith('/status.d'))
  if (!isDistroless) return apt
  const folder = `/usr/lib/${architectureRow(architecture).debian}`
  const copied = sonames.map((soname) => `${folder}/${soname}`).join(' ')
  return `FROM debian:${os?.versionId ?? '12'}-slim AS libraries\n${apt}\n# and in the final stage:\nCOPY --from=libraries ${copied} ${folder}/`
}

function manager({ os, runtime }: RuntimeView): 'yum' | 'dnf' {
  return (packageSystem(os) ?? runtime?.os) === 'al2' ? 'yum' : 'dnf'
}
