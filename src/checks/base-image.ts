import { hasMoved, type PinnedBase } from '../build/pinned-base.ts'
import { isBuiltOn } from '../inspect/recognise-runtime.ts'
import type { Check, Finding, Subject } from './check.ts'
import { type BaseOfImage, baseOfImage, NO_BASE } from './facts/base-of-image.ts'
import { day, daysBetween } from './facts/dates.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'base-image'
/** AWS releases its base images about every second week. */
const OLD_DAYS = 120
const VERY_OLD_DAYS = 365

export const baseImage: Check = {
  id: ID,
  title: 'The image is built on a current base image',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { findings, notChecked } = ofTheBase(subject)
    const { pinnedBase: pinned } = subject
    if (pinned === undefined) return { findings, ...(notChecked && { notChecked }) }
    if ('unread' in pinned.now) {
      return { findings, notChecked: `what ${pinned.reference} names now: ${pinned.now.unread}` }
    }
    if (!hasMoved(pinned)) return { findings, ...(notChecked && { notChecked }) }
    // One cause, one finding: that the base is old is said where it is said that there is a newer one.
    return { findings: [movedFinding(pinned, pinned.now.digest, findings[0])] }
  },
}

function ofTheBase(subject: Subject): { findings: readonly Finding[]; notChecked?: string } {
  const base = baseOfImage(subject)
  if (base === undefined) return { findings: [], notChecked: NO_BASE }
  const { now } = subject
  const built = builtOn(base, subject)
  const days = now === undefined || built === undefined ? undefined : daysBetween(built, now)
  const same = base.exact || sharesReleases(base, subject)
  const findings = finding(base, built, days, subject)
  return {
    findings: findings === undefined ? [] : [findings],
    ...(days === undefined && same ? { notChecked: 'the date of the base image is not known' } : {}),
  }
}

/** The base is pinned, and its tag has moved on: nothing is broken, but nobody is told otherwise. */
function movedFinding({ reference, digest }: PinnedBase, now: string, aged: Finding | undefined): Finding {
  const age = aged === undefined ? '' : `; ${aged.message.charAt(0).toLowerCase()}${aged.message.slice(1)}`
  return {
    rule: ID,
    level: aged?.level ?? 'note',
    confidence: 'proven',
    subject: 'FROM',
    message: `The base is pinned, and the tag ${code(reference)} names a newer image by now${age}`,
    expected: code(now),
    actual: code(digest),
    help: `Move the pin when it suits you, or let a bot (Dependabot, Renovate) do it.\nFROM ${reference}@${now}`,
    count: 1,
    examples: [],
  }
}

/** The day of the base that the image really has: of exactly this base its own, else that of the system's release. */
function builtOn({ exact, image }: BaseOfImage, { artifact }: Subject): string | undefined {
  const [, year, month, date] = /\.(20\d{2})(\d{2})(\d{2})$/.exec(artifact.os?.release ?? '') ?? []
  const release = year === undefined ? undefined : `${year}-${month}-${date}`
  return exact ? (image.created ?? release) : release
}

function sharesReleases({ evidence }: BaseOfImage, { artifact }: Subject): boolean {
  return artifact.os?.release !== undefined && artifact.os.release === evidence.os?.release
}

function finding(
  base: BaseOfImage,
  built: string | undefined,
  days: number | undefined,
  subject: Subject,
): Finding | undefined {
  const { evidence, exact } = base
  const reference = evidence.subject.reference
  const old = days !== undefined && days > OLD_DAYS
  if (exact && !old) return undefined
  const age = days === undefined || built === undefined ? undefined : `${days} days old (${day(built)})`
  const shared = sharedLayers(base, subject)
  const what = exact
    ? `The image is built on ${code(reference)}, which is ${age}: it holds no security patch that came since`
    : `The image is not built on ${code(reference)} as it is now${shared === 0 ? '' : `, though it begins with ${counted(shared, 'layer')} of it`}${old ? `; its own base is ${age}` : ''}`
  return {
    rule: ID,
    level: days !== undefined && days > VERY_OLD_DAYS ? 'warning' : 'note',
    confidence: exact ? 'proven' : 'heuristic',
    subject: 'FROM',
    message: what,
    expected: `${code(reference)}${evidence.subject.digest === undefined ? '' : ` (${code(evidence.subject.digest)})`}`,
    actual: exact ? `the same, ${age}` : (age ?? 'another release of it, or squashed layers'),
    help: `Build again on the current base.\ndocker buildx build --pull --no-cache .`,
    count: 1,
    examples: [],
  }
}

/** How many of the base's layers the image begins with. */
function sharedLayers({ image }: BaseOfImage, { artifact }: Subject): number {
  const own = artifact.image?.layers ?? []
  let count = 0
  while (count < image.layers.length && isBuiltOn(own, image.layers.slice(0, count + 1))) count += 1
  return count
}
