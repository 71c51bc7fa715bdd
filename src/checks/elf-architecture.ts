import type { ElfFile } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Check, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { nativeness, processor } from './facts/machine.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, counted, megabytes } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { platformRoles } from './native/platform-fit.ts'
import { reinstall } from './native/reinstall.ts'
import { sizeOf } from './native/size-of.ts'
import { startedPrograms } from './native/started-programs.ts'
import { breaks, consequence, strongest, verdict } from './native/verdict.ts'

const ID = 'elf-architecture'

export const elfArchitecture: Check = {
  id: ID,
  title: "Native code is for the function's processor",
  appliesTo: () => true,
  run(subject) {
    const { architecture } = subject.plan
    const isForeign = (file: ElfFile): boolean => nativeness(file, architecture) === 'foreign'
    const started = startedPrograms(subject).filter(isForeign)
    const paths = new Set(started.map(({ path }) => path))
    return {
      findings: [
        ...some(started).map((files) => cannotStart(files, architecture)),
        ...acrossRuntimes(subject, (view) => {
          const loads = nativeLoads(subject, view).filter(({ file }) => isForeign(file) && !paths.has(file.path))
          return judge(loads, subject, view)
        }),
      ],
    }
  },
}

function judge(foreign: readonly NativeLoad[], subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const roleOf = platformRoles(subject, view.libc)
  const groups = groupBy(foreign, ({ file, need, owner }) => {
    // 32-bit x86 code is not wrong on x86_64 for certain: Linux runs it, and whether Lambda does is not documented.
    if (need !== 'unused') return file.machine === X86 ? 'variant' : 'loaded'
    const role = roleOf(file, owner)
    return role === 'plain' ? (file.machine === X86 ? 'variant' : 'loaded') : role
  })
  const packages = groupBy(
    groups.get('loaded') ?? [],
    ({ file, owner, need }) => `${need === 'required'} ${causeKey(file.path, owner)}`,
  )
  return [
    ...[...packages.values()].map((loads) => cannotLoad(loads, subject, view)),
    ...some(groups.get('variant')).map((loads) => otherPlatform(loads, subject.plan.architecture)),
    ...some(groups.get('spare')).map((loads) => deadWeight(loads, subject)),
  ]
}

const X86 = 3

/** The files as one group, or no group. */
function some<T>(files: readonly T[] = []): readonly (readonly T[])[] {
  return files.length === 0 ? [] : [files]
}

function cannotStart(files: readonly ElfFile[], architecture: Architecture): GroundedFinding {
  const listed = facts(files, architecture)
  const { platform } = architectureRow(architecture)
  return {
    ...listed,
    level: 'error',
    confidence: 'proven',
    message: `${code(files[0]?.path ?? '')} is for ${listed.actual}: a function for ${code(architecture)} cannot start it (\`exec format error\`)`,
    subject: files[0]?.path ?? listed.subject,
    help: `Build or install it for ${code(platform)}: inside the image, not copied from another machine.\ndocker buildx build --platform ${platform} --provenance=false --sbom=false .`,
  }
}

function cannotLoad(loads: readonly NativeLoad[], subject: Subject, view: RuntimeView): GroundedFinding {
  const { architecture } = subject.plan
  const files = loads.map(({ file }) => file)
  const [first] = loads
  const { what, ...name } = nameFiles(
    files.map(({ path }) => path),
    first?.owner,
  )
  const listed = facts(files, architecture)
  const need = strongest(loads.map((load) => load.need))
  const because = loads.find((load) => load.need === need)?.because ?? ''
  return {
    ...listed,
    ...name,
    // The bytes alone decide: no library of the runtime has to be known.
    ...verdict(need, { ...view, confidence: 'proven' }),
    ...breaks(loads),
    message: `${what} cannot run on ${code(architecture)}: built for ${listed.actual}${consequence(need, because, files.length)}`,
    help: `Install or build it for ${code(architectureRow(architecture).platform)}, not on another machine.\n${reinstall(listed.subject, first?.owner, subject, view)}`,
    ...(need === 'unused' ? { bytes: sizeOf(files, subject) } : {}),
  }
}

function otherPlatform(loads: readonly NativeLoad[], architecture: Architecture): GroundedFinding {
  return {
    ...facts(
      loads.map(({ file }) => file),
      architecture,
    ),
    level: 'warning',
    confidence: 'heuristic',
    message: `${counted(loads.length, 'native file')} ${loads.length === 1 ? 'is' : 'are'} made for another platform, and there is none of the same name for ${code(architecture)}: what needs ${loads.length === 1 ? 'it' : 'them'} does not work`,
    help: `Install the variants for the function's platform; harmless when nothing uses these packages.\nnpm ci --os=linux --cpu=${architecture === 'arm64' ? 'arm64' : 'x64'} --libc=glibc`,
  }
}

function deadWeight(loads: readonly NativeLoad[], subject: Subject): GroundedFinding {
  const { architecture } = subject.plan
  const files = loads.map(({ file }) => file)
  const bytes = sizeOf(files, subject)
  return {
    ...facts(files, architecture),
    level: 'note',
    confidence: 'proven',
    message: `${counted(files.length, 'native file')} for other platforms ${files.length === 1 ? 'lies' : 'lie'} beside those for ${code(architecture)}: ${megabytes(bytes)} that no function loads`,
    help: `Nothing has to be done; leaving them out makes the ${subject.plan.kind} smaller.`,
    bytes,
  }
}

function facts(files: readonly ElfFile[], architecture: Architecture) {
  const paths = files.map(({ path }) => path)
  return {
    rule: ID,
    subject: commonFolder(paths),
    expected: code(architecture),
    actual: [...new Set(files.map(processor))].sort().join(', '),
    ...examplesOf(paths),
    grounds: { files: paths },
  } as const
}
