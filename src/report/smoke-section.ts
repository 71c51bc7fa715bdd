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
/** What the emulator notes about itself; its warnings and errors stay. */
const EMULATOR = /^\d+ \w+ \d{4} [\d:,]+ \[INFO\] \(rapid\).*\n?/gm

/** Whether the run ended before there was anything to invoke or publish, which is said once. */
export function endedEarly({ failure }: Pick<Report, 'failure'>): boolean {
  return failure !== undefined && ['plan', 'build', 'inspect'].includes(failure.stage)
}

/** What the smoke showed; of one that passed, a line to unfold. */
export function smokeSection(report: Report): string {
  const { smoke } = report
  if (endedEarly(report)) return ''
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
  const lines = failed.slice(0, 10).flatMap((one) => failureLine(one, report))
  return [title, body[0], ...lines, body[1]].join('\n\n')
}

/** The last lines of the function's log, of every case that failed. */
export function smokeLogs({ cases }: SmokeReport): readonly { readonly name: string; readonly text: string }[] {
  return cases
    .map(({ name, status, logTail = '' }) => ({ name, status, log: plain(logTail).replace(EMULATOR, '') }))
    .filter(({ status, log }) => status === 'failed' && log.trim() !== '')
    .map(({ name, log }) => {
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
        ? `${ICON[one.status]}${one.memorySize === undefined ? '' : ` with ${one.memorySize} MB`}`
        : `${ICON[one.status]} ${cellCode(shorten(one.error.type, LONGEST_NAME))}`
    return `| ${prose(shorten(one.name, LONGEST_NAME)) || '–'} | ${result} | ${duration(one.initMillis)} | ${duration(one.millis)} |`
  })
  const more = cases.length - rows.length
  const rest = more > 0 ? `\n\n${more} more cases stand in report.json.` : ''
  return ['| case | result | init | in all |', '|---|---|---|---|', ...rows].join('\n') + rest
}

/** Why a case failed, and which finding had said so; nothing where the case is a finding of its own, told above. */
function failureLine(one: SmokeCase, report: Report): readonly string[] {
  const because = explainedBy(one.name, report)
  if (because?.by === 'itself') return []
  const said =
    because === undefined
      ? ''
      : because.by === 'predicted'
        ? ` – which is what error ${because.number} predicted`
        : ` – error ${because.number} says why`
  const what =
    one.error === undefined
      ? 'failed without a reason'
      : cellMessage(shorten(one.error.message, LONGEST_ANSWER).replaceAll('`', "'"))
  return [`❌ ${code(shorten(one.name, LONGEST_NAME)) || 'case'}: ${what}${said}`]
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
    ([name, { value, enforced }]) =>
      `${name}${value === 'true' ? '' : ` ${shorten(value, LONGEST_NAME)}`}${enforced ? '' : ' (not enforced)'}`,
  )
  return each.length === 0 ? '' : `<sub>${prose(each.join(' · '))}</sub>`
}

function duration(millis: number | undefined): string {
  if (millis === undefined) return '–'
  return millis < 10_000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`
}
