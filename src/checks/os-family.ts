import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { linkedUserCode } from './facts/native-code.ts'
import { isSameFamily, type SystemPair, systemPair, UNKNOWN_BUILD_STAGE } from './facts/system.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'os-family'

export const osFamily: Check = {
  id: ID,
  title: 'Native code was built on the distribution that runs it',
  appliesTo: () => true,
  run(subject) {
    const pair = systemPair(subject)
    if (pair === undefined) return { findings: [], notChecked: 'the systems to compare were not found (os-release)' }
    const native = linkedUserCode(subject)
    const differs = !isSameFamily(pair.built.os, pair.runs.os)
    const open = subject.build === undefined && native.length > 0 ? { notChecked: UNKNOWN_BUILD_STAGE } : {}
    if (!differs) return { findings: [], ...open }
    return { findings: [subject.build === undefined ? ownBase(pair) : builtElsewhere(pair, subject)], ...open }
  },
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
  const help = `Compile in an image of the system that runs it, for example the SAM build image of the runtime.\nFROM public.ecr.aws/sam/build-${subject.plan.runtime?.id ?? 'provided.al2023'} AS build`
  const from = subject.build?.libc?.family
  const to = subject.artifact.libc?.family
  if (native.length === 0) {
    return {
      ...common,
      level: 'note',
      confidence: 'proven',
      message: `The code was built ${systems}; it has no native files that could mind`,
      help: 'Nothing has to be done.',
    }
  }
  // Two C libraries have nothing in common; two distributions of one C library may: symbol-version tells by file.
  if (from !== undefined && to !== undefined && from !== to) {
    return {
      ...common,
      level: 'error',
      confidence: 'proven',
      message: `${counted(native.length, 'native file')} was built ${systems}: code for ${code(from)} does not load on ${code(to)}`,
      help,
    }
  }
  return {
    ...common,
    level: 'warning',
    confidence: 'heuristic',
    message: `Native code was built ${systems}: its libraries may differ in name and version`,
    help,
  }
}

function facts({ built, runs }: SystemPair) {
  return {
    rule: ID,
    subject: 'operating system',
    expected: `${code(runs.os.prettyName)} (${runs.role})`,
    actual: `${code(built.os.prettyName)} (${built.role})`,
  } as const
}
