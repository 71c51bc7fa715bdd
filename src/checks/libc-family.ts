import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import type { Owner } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, counted, megabytes } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { movableStage } from './native/build-place.ts'
import { otherSystem } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { platformRoles } from './native/platform-fit.ts'
import { isNode, isPython, reinstall } from './native/reinstall.ts'
import { sizeOf } from './native/size-of.ts'
import { SYSTEM_NAMES, targetSystem } from './native/target-system.ts'
import { breaks, consequence, strongest, verdict } from './native/verdict.ts'

const ID = 'libc-family'

export const libcFamily: Check = {
  id: ID,
  title: 'Native code is linked with the C library of the system that runs it',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const roleOf = platformRoles(subject, view.libc)
  const wrong = nativeLoads(subject, view).filter((load) => otherSystem(load, subject, view))
  const groups = groupBy(wrong, (load) =>
    load.need === 'unused' && roleOf(load.file, load.owner) === 'spare' ? 'spare' : 'loaded',
  )
  const packages = groupBy(
    groups.get('loaded') ?? [],
    ({ file, owner, need }) => `${need === 'required'} ${causeKey(file.path, owner)}`,
  )
  const spare = groups.get('spare')
  return [
    ...[...packages.values()].map((loads) => cannotLoad(loads, subject, view)),
    ...(spare === undefined ? [] : [deadWeight(spare, subject, view)]),
  ]
}

function cannotLoad(loads: readonly NativeLoad[], subject: Subject, view: RuntimeView): GroundedFinding {
  const files = loads.map(({ file }) => file)
  const [first] = loads
  const { what, ...name } = nameFiles(
    files.map(({ path }) => path),
    first?.owner,
  )
  const need = strongest(loads.map((load) => load.need))
  const because = loads.find((load) => load.need === need)?.because ?? ''
  const listed = facts(files, view)
  return {
    ...listed,
    ...name,
    ...verdict(need, view),
    ...breaks(loads),
    message: `${what} ${files.length === 1 ? 'is' : 'are'} linked for ${listed.actual}, and the function runs on ${listed.expected}${consequence(need, because, files.length)}`,
    help: remedy(listed, first?.owner, subject, view),
    ...(need === 'unused' ? { bytes: sizeOf(files, subject) } : {}),
  }
}

function remedy(
  { subject: path, expected }: Pick<ReturnType<typeof facts>, 'subject' | 'expected'>,
  owner: Owner | undefined,
  subject: Subject,
  view: RuntimeView,
): string {
  if (owner !== undefined || isPython(path, owner) || isNode(path, owner) || subject.plan.kind === 'layer')
    return `Install the variant for ${expected}, or build it on such a system.\n${reinstall(path, owner, subject, view)}`
  const target = `${subject.plan.architecture === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`
  const instead =
    view.libc?.family === 'musl'
      ? ''
      : ` (${code('gcc')} in place of ${code('musl-gcc')}; Rust: ${code(`--target ${target}`)})`
  // A stage on such a system may have a compiler for the other one.
  const stage = subject.build?.libc?.family === view.libc?.family ? undefined : movableStage(subject)
  return `Build it for ${expected}${instead}, or link it statically (${code('-static')}): then it needs no C library of the system.${stage === undefined ? '' : `\n${stage.from}`}`
}

function deadWeight(loads: readonly NativeLoad[], subject: Subject, view: RuntimeView): GroundedFinding {
  const files = loads.map(({ file }) => file)
  const bytes = sizeOf(files, subject)
  const listed = facts(files, view)
  return {
    ...listed,
    level: 'note',
    confidence: 'proven',
    message: `${counted(files.length, 'native file')} for ${listed.actual}: ${megabytes(bytes)} that no function on ${listed.expected} loads`,
    help: `Nothing has to be done; leaving them out makes the ${subject.plan.kind} smaller.\nnpm ci --os=linux --cpu=${subject.plan.architecture === 'arm64' ? 'arm64' : 'x64'} --libc=${view.libc?.family ?? 'glibc'}`,
    bytes,
  }
}

function facts(files: readonly ElfFile[], { libc }: RuntimeView) {
  const paths = files.map(({ path }) => path)
  const systems = [...new Set(files.map((file) => SYSTEM_NAMES[targetSystem(file)]))].sort()
  return {
    rule: ID,
    subject: commonFolder(paths),
    expected: code(libc === undefined ? 'glibc' : `${libc.family} ${libc.version}`),
    actual: systems.map(code).join(', '),
    ...examplesOf(paths),
    grounds: { files: paths },
  } as const
}
