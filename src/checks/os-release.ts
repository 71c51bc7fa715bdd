import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { linkedUserCode } from './facts/native-code.ts'
import {
  compareReleases,
  isSameFamily,
  notCompared,
  nothingToCompare,
  open,
  type SystemPair,
  systemPair,
} from './facts/system.ts'
import { code, counted } from './facts/wording.ts'
import { forEachRuntime } from './native/across-runtimes.ts'

const ID = 'os-release'

export const osRelease: Check = {
  id: ID,
  title: 'Build, image and runtime are of one OS release',
  appliesTo: () => true,
  run: (subject) => forEachRuntime(subject, compare),
}

function compare(subject: Subject): ReturnType<Check['run']> {
  const pair = systemPair(subject)
  if (pair === undefined) return { findings: [], ...open(nothingToCompare(subject, linkedUserCode(subject).length)) }
  // Only Amazon Linux dates its releases inside of one version; two distributions are os-family's subject.
  if (!isSameFamily(pair.built.os, pair.runs.os) || pair.built.os.id !== 'amzn') return { findings: [] }
  const built = pair.built.os.release
  const runs = pair.runs.os.release
  if (built === undefined || runs === undefined) {
    return pair.built.os.versionId === '2'
      ? { findings: [] }
      : {
          findings: [],
          notChecked: `the ${built === undefined ? pair.built.role : pair.runs.role} names no dated release`,
        }
  }
  const order = compareReleases(built, runs)
  return {
    findings: order === 0 ? [] : [finding(pair, built, runs, order > 0, subject)],
    ...open(notCompared(subject, linkedUserCode(subject).length)),
  }
}

/** The release of both sides is decided by the images' tags or digests. */
function remedy(runs: string, { plan, buildStage, runtimes }: Subject): string {
  const sentence = `Build on Amazon Linux ${code(runs)} as well: pin the image that compiles to that release, or compile in the image that runs the code.`
  if (plan.kind === 'layer') return `${sentence}\nbuild-image: ${runtimes[0]?.reference}`
  const base = plan.base?.reference ?? runtimes[0]?.reference
  return `${sentence}\nFROM ${base} AS ${buildStage?.name ?? 'build'}`
}

function finding(
  { built: from, runs: to }: SystemPair,
  built: string,
  runs: string,
  newer: boolean,
  subject: Subject,
): Finding {
  const facts = {
    rule: ID,
    confidence: 'proven',
    subject: 'operating system',
    expected: `${code(runs)} (${to.role})`,
    actual: `${code(built)} (${from.role})`,
  } as const
  const sentence = `The ${from.role} is Amazon Linux ${code(built)}, ${newer ? 'newer' : 'older'} than the ${to.role}'s ${code(runs)}`
  const native = subject.build === undefined ? [] : linkedUserCode(subject)
  if (newer && native.length > 0) {
    return {
      ...facts,
      level: 'warning',
      message: `${sentence}: ${counted(native.length, 'native file')} may use symbols and libraries that the ${to.role} lacks`,
      help: remedy(runs, subject),
      ...examplesOf(native.map(({ path }) => path)),
    }
  }
  const effect =
    subject.build === undefined
      ? 'the image runs on its own libraries'
      : native.length === 0
        ? 'no native file of the function could mind'
        : 'older native code runs on a newer release'
  return {
    ...facts,
    level: 'note',
    message: `${sentence}: ${effect}`,
    help: 'Pin the base image by digest to decide yourself when it moves.',
    count: 1,
    examples: [],
  }
}
