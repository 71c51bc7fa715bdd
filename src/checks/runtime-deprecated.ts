import { RUNTIMES, RUNTIMES_SOURCE, type Runtime } from '../lambda/runtimes.ts'
import type { Check, Finding, Subject } from './check.ts'
import { daysBetween } from './facts/dates.ts'
import { code } from './facts/wording.ts'

const ID = 'runtime-deprecated'
/** AWS announces a deprecation half a year ahead. */
const NOTICE_DAYS = 180

export const runtimeDeprecated: Check = {
  id: ID,
  title: 'The runtime is maintained',
  appliesTo: () => true,
  run(subject) {
    const runtimes = runtimesOf(subject)
    if (runtimes.length === 0) return { findings: [] }
    const { now } = subject
    if (now === undefined) return { findings: [], notChecked: 'the date of the run is not known' }
    return { findings: runtimes.flatMap((runtime) => finding(runtime, now, subject) ?? []) }
  },
}

function runtimesOf({ plan, runtimes }: Subject): readonly Runtime[] {
  const rows = [plan.runtime, ...runtimes.map(({ runtime }) => runtime)].filter((row) => row !== undefined)
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

function finding(runtime: Runtime, now: string, { plan }: Subject): Finding | undefined {
  const state = deprecation(runtime, now) ?? preview(runtime)
  if (state === undefined) return undefined
  const isImage = plan.kind === 'image'
  return {
    rule: ID,
    level: state.past ? 'warning' : 'note',
    confidence: 'table',
    subject: runtime.id,
    message: `${code(runtime.id)} ${state.what}${isImage || state.blocks === '' ? '' : `; ${state.blocks}`}`,
    expected: 'a runtime that AWS maintains',
    actual: state.actual,
    help: `${isImage ? IMAGE_HELP : LAYER_HELP} (dates of ${RUNTIMES_SOURCE.checked}, AWS moves them: ${RUNTIMES_SOURCE.link}).${successor(runtime, isImage)}`,
    count: 1,
    examples: [],
  }
}

const IMAGE_HELP = 'Build on a newer base image: AWS neither patches nor announces for container images'
const LAYER_HELP = 'Plan the move to a newer runtime, and publish the layer for it too'

/** The newest maintained runtime of the family, as it is written where this one was. */
function successor({ id, family }: Runtime, isImage: boolean): string {
  const rows: readonly Runtime[] = RUNTIMES
  const newest = rows.find((row) => row.family === family && row.preview !== true)
  if (newest === undefined || newest.id === id) return ''
  return isImage ? `\nFROM ${newest.baseImage}` : `\nruntime: ${newest.id}`
}

type State = { readonly past: boolean; readonly what: string; readonly actual: string; readonly blocks: string }

function deprecation({ deprecated, createBlocked, updateBlocked }: Runtime, now: string): State | undefined {
  const days = deprecated === undefined ? undefined : daysBetween(now, deprecated)
  if (deprecated === undefined || days === undefined || days > NOTICE_DAYS) return undefined
  const past = days < 0
  const blocks = [
    ...(createBlocked === undefined ? [] : [`functions cannot be created from ${createBlocked}`]),
    ...(updateBlocked === undefined ? [] : [`cannot be updated from ${updateBlocked}`]),
  ].join(' and ')
  return {
    past,
    what: past
      ? `is deprecated since ${deprecated}: it gets no more security patches`
      : `will be deprecated on ${deprecated}`,
    actual: past ? `deprecated ${-days} days ago` : `${days} days left`,
    blocks,
  }
}

function preview(runtime: Runtime): State | undefined {
  if (runtime.preview !== true) return undefined
  return { past: false, what: 'is a preview: AWS may change it', actual: 'preview', blocks: '' }
}
