import type { Check, Finding, Subject } from './check.ts'
import { MAX_EXAMPLES } from './facts/examples.ts'
import { linkedUserCode } from './facts/native-code.ts'
import { isNativeRelevant, type PackageChange, packageChanges, type Side } from './facts/package-changes.ts'
import { isSameFamily, unknownBuild } from './facts/system.ts'
import { code, counted } from './facts/wording.ts'
import { forEachRuntime } from './native/across-runtimes.ts'

const ID = 'package-drift'

/** `from` is compared with what runs the code, `to`. */
type Pair = { readonly from: Side; readonly to: Side }

export const packageDrift: Check = {
  id: ID,
  title: 'System packages are those of the runtime',
  appliesTo: () => true,
  run: (subject) => forEachRuntime(subject, compare),
}

function compare(subject: Subject): ReturnType<Check['run']> {
  const pair = pairOf(subject)
  if (pair === undefined) return { findings: [] }
  if (typeof pair === 'string') return { findings: [], notChecked: pair }
  const { from, to } = pair
  const [before, after] = [from.evidence.os, to.evidence.os]
  // Packages of two releases of a distribution differ by their nature: os-family tells.
  if (before !== undefined && after !== undefined && !isSameFamily(before, after))
    return { findings: [], notChecked: `${from.role} and ${to.role} are of two distributions or releases` }
  const changes = packageChanges(from, to)
  if (typeof changes === 'string') return { findings: [], notChecked: changes }
  const native = changes.changed.filter(isNativeRelevant)
  const others = changes.changed.filter((change) => !isNativeRelevant(change))
  return {
    findings: [
      ...(native.length === 0 ? [] : [nativeFinding(native, pair, subject)]),
      // Compilers and headers are in every build image, and nobody expects them in a runtime.
      ...otherFinding(others, changes.added, subject.plan.kind === 'layer' ? [] : changes.removed, pair),
    ],
  }
}

/** An image against its runtime image; a layer has no packages, but the image that compiled it has. `undefined`: nothing can differ. */
function pairOf(subject: Subject): Pair | string | undefined {
  const { plan, artifact, build, buildStage, runtimes } = subject
  const runtime = runtimes[0]?.evidence
  if (plan.kind === 'layer') {
    if (build === undefined) return unknownBuild(buildStage, linkedUserCode(subject).length)
    if (runtime === undefined) return 'the runtime image was not read'
    return { from: { role: 'the build image', evidence: build }, to: { role: 'the runtime image', evidence: runtime } }
  }
  if (runtime === undefined) return 'the runtime image was not read'
  if (runtime === artifact || runtime.image?.id === artifact.image?.id) return undefined
  return { from: { role: 'the runtime image', evidence: runtime }, to: { role: 'the image', evidence: artifact } }
}

function nativeFinding(changed: readonly PackageChange[], { from, to }: Pair, subject: Subject): Finding {
  const depends = linkedUserCode(subject).length > 0
  const named = changed.slice(0, 3).map((change) => code(change.name))
  const rest = changed.length > named.length ? ` and ${changed.length - named.length} more` : ''
  return {
    rule: ID,
    level: depends ? 'warning' : 'note',
    confidence: 'proven',
    subject: 'native packages',
    message: `${named.join(', ')}${rest} ${changed.length === 1 ? 'is' : 'are'} of another version in ${to.role} than in ${from.role}${depends ? ', and native code loads such libraries' : ''}`,
    expected: `${changed[0]?.name} ${changed[0]?.from} (${from.role})`,
    actual: `${changed[0]?.name} ${changed[0]?.to} (${to.role})`,
    help:
      subject.plan.kind === 'layer'
        ? `Compile in an image of the runtime's release.\nbuild-image: ${subject.runtimes[0]?.reference}`
        : `Build on the base that is compared with, or name the one that is meant as \`runtime-image\`.\nFROM ${from.evidence.subject.reference}`,
    count: changed.length,
    examples: changed.slice(0, MAX_EXAMPLES).map(({ name, from, to }) => `${name} ${from} → ${to}`),
  }
}

function otherFinding(
  changed: readonly PackageChange[],
  added: readonly PackageChange[],
  removed: readonly PackageChange[],
  { from, to }: Pair,
): readonly Finding[] {
  const all = [...removed, ...changed, ...added]
  if (all.length === 0) return []
  const parts = [
    ...(changed.length === 0 ? [] : [`${changed.length} of another version`]),
    ...(added.length === 0 ? [] : [`${added.length} more`]),
    ...(removed.length === 0 ? [] : [`${removed.length} fewer`]),
  ]
  return [
    {
      rule: ID,
      level: 'note',
      confidence: 'proven',
      subject: 'packages',
      message: `${counted(all.length, 'package')} of ${to.role} ${all.length === 1 ? 'differs' : 'differ'} from those of ${from.role}: ${parts.join(', ')}`,
      help: 'Nothing has to be done where that is meant; pin the base image by digest to decide yourself when it moves.',
      count: all.length,
      examples: [...removed.map(minus), ...changed.map(arrow), ...added.map(plus)].slice(0, MAX_EXAMPLES),
    },
  ]
}

const arrow = ({ name, from, to }: PackageChange) => `${name} ${from} → ${to}`
const plus = ({ name, to }: PackageChange) => `+ ${name} ${to}`
const minus = ({ name, from }: PackageChange) => `- ${name} ${from}`
