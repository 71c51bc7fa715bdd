import { ActionError } from '../../errors.ts'
import type { VerifyPlan } from '../../plan/plan.ts'
import { shorten } from '../../report/escape.ts'
import type { SmokeReport } from '../../report/report.ts'
import { count } from '../../report/verdict.ts'
import { logTail } from '../../smoke/disclosure.ts'
import type { Judgement } from './judge-answer.ts'

export type JudgedCase = { readonly name: string; readonly judgement: Judgement; readonly log: string }

const LONGEST_LINE = 600
const MOST_CASES = 5

/** verify-mismatch with what differs, case by case, and the log of those that failed; `undefined` when nothing does. */
export function mismatch(target: string, judged: readonly JudgedCase[]): ActionError | undefined {
  const wrong = judged.filter(({ judgement }) => 'lines' in judgement)
  if (wrong.length === 0) return undefined
  const shown = wrong.slice(0, MOST_CASES)
  const lines = shown.flatMap(({ name, judgement }) =>
    'lines' in judgement
      ? judgement.lines.map((line) => shorten(`${name}: ${SAYS[judgement.kind]}${line}`, LONGEST_LINE))
      : [],
  )
  const left = wrong.length > shown.length ? [`… and ${count(wrong.length - shown.length, 'more case')}`] : []
  const [failed] = shown.filter(({ judgement, log }) => judgement.kind === 'function-error' && log !== '')
  const tail = failed === undefined ? [] : [`Last of the log (${failed.name}):`, logTail(failed.log)]
  const kinds = new Set(wrong.map(({ judgement }) => judgement.kind))
  return new ActionError(
    'verify-mismatch',
    [
      `\`${target}\` is deployed, but answers otherwise than it should in ${wrong.length} of ${count(judged.length, 'case')}: ${lines[0]}`,
      ...lines.slice(1),
      ...left,
      ...tail,
    ].join('\n'),
    { help: [...(kinds.has('differs') ? [CHANGING] : []), OTHERWISE].join(' ') },
  )
}

const SAYS = { 'function-error': 'function error ', unexpected: '', differs: '' } as const

const CHANGING =
  'An answer that is never twice the same (dates, ids, versions) cannot be compared as a whole: give `smoke-expect` (or `expect` of the cases of `smoke-suite`) the part of it that must be there, and that alone is compared.'
const OTHERWISE =
  'At AWS the function has its own environment variables, role, network and handler: `smoke-env`, `smoke-handler` and `smoke-network` hold for the local run only. Its logs are in CloudWatch. `$LATEST` keeps what was deployed; the report says how to roll back where something was there before.'

/** `…:7: 2 answers as locally, 1 as expected; not invoked: "night" (its `env` …)`. */
export function verifiedDetail(
  target: string,
  judged: readonly JudgedCase[],
  { left }: VerifyPlan,
  smoke: SmokeReport | undefined,
): string {
  const of = (kind: Judgement['kind']) => judged.filter(({ judgement }) => judgement.kind === kind).length
  const parts = [
    { cases: of('as-expected'), words: 'as expected' },
    { cases: of('as-local'), words: 'equal to the local one' },
    { cases: of('no-error'), words: `no function error, nothing to compare with (${nothingLocal(smoke)})` },
  ]
  const said = parts.filter(({ cases }) => cases > 0).map(({ cases, words }) => `${count(cases, 'answer')} ${words}`)
  const leftOut = left.map(({ name, reason }) => `"${name}" (${reason})`)
  return `${target}: ${said.join(', ')}${leftOut.length === 0 ? '' : `; not invoked: ${leftOut.join(', ')}`}`
}

function nothingLocal(smoke: SmokeReport | undefined): string {
  if (smoke === undefined) return 'no local run of this function'
  return smoke.status === 'skipped' ? `smoke skipped: ${smoke.reason ?? 'no reason'}` : 'the local run gave no answer'
}
