import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { linkedUserCode } from './facts/native-code.ts'
import { isReadyMade } from './facts/ready-made.ts'
import { isSameFamily, notCompared, nothingToCompare, open, type SystemPair, systemPair } from './facts/system.ts'
import { code, counted } from './facts/wording.ts'
import { forEachRuntime } from './native/across-runtimes.ts'

const ID = 'os-family'

export const osFamily: Check = {
  id: ID,
  title: 'Native code was built on the distribution that runs it',
  appliesTo: () => true,
  run: (subject) => forEachRuntime(subject, compare),
}

function compare(subject: Subject): ReturnType<Check['run']> {
  const pair = systemPair(subject)
  if (pair === undefined) return { findings: [], ...open(nothingToCompare(subject, linkedUserCode(subject).length)) }
  const native = linkedUserCode(subject)
  const differs = !isSameFamily(pair.built.os, pair.runs.os)
  const why = notCompared(subject, native.length)
  if (!differs) return { findings: [], ...open(why) }
  return { findings: [subject.build === undefined ? ownBase(pair) : builtElsewhere(pair, subject)], ...open(why) }
}

/** An image brings its own system: another one than the runtime column's is worth knowing, nothing more. */
function ownBase({ built, runs }: SystemPair): Finding {
  return {
    ...facts({ built, runs }),
    level: 'note',
    confidence: 'proven',
    message: `The image is ${code(built.os.prettyName)}, the runtime image ${code(runs.os.prettyName)}: the image runs on its own libraries`,
    help: 'Nothing has to be done when the image is meant to have its own base; else build FROM the runtime image.',
    count: 1,
    examples: [],
  }
}

function builtElsewhere({ built, runs }: SystemPair, subject: Subject): Finding {
  const native = linkedUserCode(subject)
  const files = examplesOf(native.map(({ path }) => path))
  const common = { ...facts({ built, runs }), ...files, count: Math.max(1, files.count) }
  const systems = `on ${code(built.os.prettyName)} and runs on ${code(runs.os.prettyName)}`
  const help = remedy(runs, subject)
  const from = subject.build?.libc?.family
  const to =
    subject.plan.kind === 'layer' ? subject.runtimes[0]?.environment.libc?.family : subject.artifact.libc?.family
  if (native.length === 0) {
    return {
      ...common,
      level: 'note',
      confidence: 'proven',
      message: `The code was built ${systems}; it has no native files that could mind`,
      help: 'Nothing has to be done.',
    }
  }
  // By the bytes, since a stage on Alpine may well install files for glibc; what loads is told by file elsewhere.
  const stuck = from === undefined || to === undefined || from === to ? [] : native.filter(lacks(LIBC[from], subject))
  if (stuck.length > 0) {
    return {
      ...common,
      ...examplesOf(stuck.map(({ path }) => path)),
      level: 'error',
      confidence: 'proven',
      message: `${counted(stuck.length, 'native file')} ${stuck.length === 1 ? 'was' : 'were'} built ${systems}: code for ${code(from ?? '')} does not load on ${code(to ?? '')}`,
      help,
    }
  }
  const ready = isReadyMade(subject)
  const compiled = native.filter((file) => !ready(file))
  if (compiled.length === 0) {
    return {
      ...common,
      level: 'note',
      confidence: 'proven',
      message: `Packages were installed ${systems.replace('runs', 'run')}: their native files came ready-made, for many systems`,
      help: 'Nothing has to be done.',
    }
  }
  return {
    ...common,
    ...examplesOf(compiled.map(({ path }) => path)),
    level: 'warning',
    confidence: 'heuristic',
    message: `Native code was built ${systems}: its libraries may differ in name and version`,
    help,
  }
}

/** SAM's build images are Amazon Linux with compilers; for a base of one's own it is that base. */
function remedy({ os }: SystemPair['runs'], { plan, buildStage }: Subject): string {
  const sam = `public.ecr.aws/sam/build-${plan.runtime?.id ?? 'provided.al2023'}`
  const sentence = `Compile on the system that runs the code, ${code(os.prettyName)}.`
  if (plan.kind === 'layer') return `${sentence}\nbuild-image: ${sam}`
  const base = os.id === 'amzn' ? sam : (plan.base?.reference ?? sam)
  return `${sentence}\nFROM ${base} AS ${buildStage?.name ?? 'build'}`
}

/** True for a file that needs such a library, which stands nowhere in what it runs on; a compatibility package may have brought it. */
function lacks(library: RegExp, { artifact, runtimes }: Subject): (file: ElfFile) => boolean {
  const system = [...artifact.files, ...(runtimes[0]?.evidence?.files ?? [])]
  const names = new Set(system.map(({ path }) => posix.basename(path)))
  return ({ needed }) => needed.some((name) => library.test(name) && !names.has(name))
}

/** What files for a C library name it; plain `libc.so` is that of musl cross compilers. */
const LIBC = { musl: /^libc\.(?:musl-\w+\.so\.1|so)$/, glibc: /^libc\.so\.6$/ } as const

function facts({ built, runs }: SystemPair) {
  return {
    rule: ID,
    subject: 'operating system',
    expected: `${code(runs.os.prettyName)} (${runs.role})`,
    actual: `${code(built.os.prettyName)} (${built.role})`,
  } as const
}
