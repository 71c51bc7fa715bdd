import { explainedBy } from './causes.ts'
import { cellCode, cellMessage, code, fenced, message, plain, prose, shorten } from './escape.ts'
import type { Report, SmokeCase, SmokeReport } from './report.ts'

const ICON = { passed: '✅', failed: '❌', skipped: '➖' } as const
const MOST_CASES = 50
/** Up to so many, cases that passed stand in the table too; of more, their names on one line. */
const MOST_PASSED = 12
const LONGEST_NAME = 80
const LONGEST_ANSWER = 600
const LONGEST_LOG = 6_000

/** What the smoke showed; of one that passed, a line to unfold. */
export function smokeSection(report: Report): string {
  const { smoke } = report
  if (smoke.status === 'skipped') {
    return `**Smoke:** not run: ${message(shorten(smoke.reason ?? 'no reason was recorded', LONGEST_ANSWER))}`
  }
  const failed = smoke.cases.filter((one) => one.status === 'failed')
  const over = smoke.cases.filter((one) => one.status === 'skipped')
  const body = [[caseTable(smoke), ...over.slice(0, 10).flatMap(passedOver)].join('\n\n'), constraints(smoke)]
  if (failed.length === 0) {
    const passed = smoke.cases.filter((one) => one.status === 'passed').length
    const [only] = smoke.cases
    const time =
      smoke.cases.length === 1 && only !== undefined
        ? `, ${only.initMillis === undefined ? '' : `${duration(only.initMillis)} init, `}${duration(only.millis)} in all`
        : ''
    const answers = smoke.cases.flatMap(answerLine)
    return `<details><summary><b>Smoke:</b> ${passed} of ${smoke.cases.length} passed under Lambda's constraints${over.length === 0 ? '' : `, ${over.length} passed over`}${time}</summary>\n\n${[...body, ...answers].join('\n\n')}\n\n</details>`
  }
  const title = `#### Smoke under Lambda's constraints: ${failed.length} of ${smoke.cases.length} failed`
  return [title, body[0], ...failed.slice(0, 10).map((one) => failureLine(one, report)), body[1]].join('\n\n')
}

/** The last lines of the function's log, of every case that failed. */
export function smokeLogs({ cases }: SmokeReport): readonly { readonly name: string; readonly text: string }[] {
  return cases
    .filter((one) => one.status === 'failed' && one.logTail?.trim())
    .map(({ name, logTail = '' }) => {
      const log = plain(logTail)
      const shown = log.length > LONGEST_LOG ? `…${log.slice(-LONGEST_LOG).replace(/^[\udc00-\udfff]/, '')}` : log
      return { name, text: `Case ${code(shorten(name, LONGEST_NAME))}:\n\n${fenced(shown, 'text')}` }
    })
}

function caseTable({ cases }: SmokeReport): string {
  const passed = cases.filter(({ status }) => status === 'passed')
  const others = cases.filter(({ status }) => status !== 'passed')
  if (passed.length <= MOST_PASSED) return rowsOf(cases)
  const names = passed.slice(0, MOST_CASES).map(({ name }) => code(shorten(name, LONGEST_NAME)))
  const more = passed.length > MOST_CASES ? `, and ${passed.length - MOST_CASES} more in report.json` : ''
  const line = `${ICON.passed} ${passed.length} passed: ${names.join(', ')}${more}`
  return others.length === 0
    ? line
    : `${rowsOf(others)}\n\n<details><summary>${passed.length} passed</summary>\n\n${line}\n\n</details>`
}

function rowsOf(cases: readonly SmokeCase[]): string {
  const rows = cases.slice(0, MOST_CASES).map((one) => {
    const result =
      one.error === undefined
        ? ICON[one.status]
        : `${ICON[one.status]} ${cellCode(shorten(one.error.type, LONGEST_NAME))}`
    return `| ${prose(shorten(one.name, LONGEST_NAME)) || '–'} | ${result} | ${duration(one.initMillis)} | ${duration(one.millis)} |`
  })
  const more = cases.length - rows.length
  const rest = more > 0 ? `\n\n${more} more cases stand in report.json.` : ''
  return ['| case | result | init | in all |', '|---|---|---|---|', ...rows].join('\n') + rest
}

/** Why a case failed, and which finding had said so. */
function failureLine(one: SmokeCase, report: Report): string {
  const because = explainedBy(one.name, report)
  const said =
    because === undefined
      ? ''
      : ` – ${because.confirms ? 'which is what' : 'see'} error ${because.number}${because.confirms ? ' predicted' : ''}`
  const what =
    one.error === undefined ? 'failed without a reason' : cellMessage(shorten(one.error.message, LONGEST_ANSWER))
  return `❌ ${code(shorten(one.name, LONGEST_NAME)) || 'case'}: ${what}${said}`
}

function passedOver({ name, error }: SmokeCase): string[] {
  if (error === undefined) return []
  const why = cellMessage(shorten(error.message, LONGEST_ANSWER))
  return [`${ICON.skipped} ${code(shorten(name, LONGEST_NAME))} is passed over: ${why}`]
}

function answerLine({ name, response }: SmokeCase): string[] {
  const text = JSON.stringify(response)
  return text === undefined
    ? []
    : [`${code(shorten(name, LONGEST_NAME)) || 'case'} answered ${code(shorten(text, LONGEST_ANSWER))}`]
}

function constraints(smoke: SmokeReport): string {
  const each = Object.entries(smoke.constraints).map(
    ([name, { value, enforced }]) => `${name} ${shorten(value, LONGEST_NAME)}${enforced ? '' : ' (not enforced)'}`,
  )
  return each.length === 0 ? '' : `<sub>${prose(each.join(' · '))}</sub>`
}

function duration(millis: number | undefined): string {
  if (millis === undefined) return '–'
  return millis < 10_000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`
}
