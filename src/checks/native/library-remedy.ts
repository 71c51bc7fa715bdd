import type { OsRelease } from '../../inspect/evidence.ts'
import { libraryPackage, SELF_CONTAINED } from '../../lambda/library-packages.ts'
import type { Subject } from '../check.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'

type System = 'al2023' | 'al2' | 'debian'

/** How to get libraries onto the system that runs the function: a sentence and a command to paste. */
export function libraryRemedy(
  sonames: readonly string[],
  owner: Owner | undefined,
  { plan }: Subject,
  { os, runtime }: RuntimeView,
): string {
  const twin = SELF_CONTAINED[owner?.purl ?? '']
  const instead = twin === undefined ? '' : ` ${code(twin)} on PyPI needs none of the system's libraries.`
  const system = systemOf(os) ?? runtime?.os ?? 'al2023'
  const packages = [...new Set(sonames.flatMap((soname) => libraryPackage(soname)?.[system] ?? []))]
  const unknown = sonames.filter((soname) => libraryPackage(soname)?.[system] === undefined)
  if (packages.length === 0) return `${nowhere(unknown, system, plan.kind)}${instead}\n${byHand(sonames, plan.kind)}`
  const named = `${packages.map(code).join(', ')} of ${SYSTEMS[system]}`
  if (plan.kind === 'image') {
    return `Install ${named} in the image.${instead}\n${install(system, packages)}`
  }
  const reference = runtime?.baseImage ?? 'public.ecr.aws/lambda/provided:al2023'
  const copies = sonames.map((soname) => `/usr/lib64/${soname}`).join(' ')
  return `Copy it from ${named}, with what it needs itself, into ${code('lib/')} of the layer: the loader searches ${code('/opt/lib')}.${instead}\ndocker run --rm -v "$PWD/lib:/out" --entrypoint sh ${reference} -c '${manager(system)} install -y ${packages.join(' ')} && cp -L ${copies} /out/'`
}

const SYSTEMS: Readonly<Record<System, string>> = {
  al2023: 'Amazon Linux 2023',
  al2: 'Amazon Linux 2',
  debian: 'Debian',
}

function systemOf(os: OsRelease | undefined): System | undefined {
  if (os?.id === 'amzn') return os.versionId === '2' ? 'al2' : 'al2023'
  return os?.id === 'debian' || os?.id === 'ubuntu' ? 'debian' : undefined
}

function manager(system: System): string {
  return system === 'al2' ? 'yum' : 'dnf'
}

function install(system: System, packages: readonly string[]): string {
  const names = packages.join(' ')
  if (system !== 'debian') return `RUN ${manager(system)} install -y ${names}`
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`
}

function nowhere(sonames: readonly string[], system: System, kind: 'image' | 'layer'): string {
  const place = kind === 'image' ? 'the image' : 'the layer'
  return `Ship ${sonames.map(code).join(', ')} with ${place}, or link it statically: no package of ${SYSTEMS[system]} is known to hold it.`
}

function byHand(sonames: readonly string[], kind: 'image' | 'layer'): string {
  const [first = 'libname.so.1'] = sonames
  return kind === 'image' ? `COPY --from=build /usr/local/lib/${first} /var/task/lib/` : `cp -L /path/of/${first} lib/`
}
