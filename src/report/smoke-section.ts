import { code, fenced, message, prose } from './escape.ts'
import type { SmokeCase, SmokeReport } from './report.ts'

/** The smoke: a table of cases, the constraints it ran under, and the log tail of what failed. */
export function smokeSection(smoke: SmokeReport): string {
  if (smoke.status === 'skipped') return `#### Smoke: not run\n${message(smoke.reason ?? 'no reason was recorded')}`
  const failed = smoke.cases.filter((one) => one.status === 'failed').length
  const title = `#### Smoke under the constraints of Lambda: ${failed === 0 ? `${smoke.cases.length} of ${smoke.cases.length} passed` : `${failed} of ${smoke.cases.length} failed`}`
  const rows = smoke.cases.map(
    (one) =>
      `| ${prose(one.name)} | ${ICON[one.status]} ${one.error ? code(one.error.type) : one.status} | ${duration(one.initMillis)} | ${duration(one.millis)} | ${answer(one)} |`,
  )
  const constraints = Object.entries(smoke.constraints).map(
    ([name, constraint]) => `${name} ${constraint.value}${constraint.enforced ? '' : ' (not enforced)'}`,
  )
  return [
    title,
    '| case | result | init | total | answer |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `<sub>${prose(constraints.join(' · '))}</sub>`,
  ].join('\n')
}

/** Last lines of the function's log for every failed case. */
export function smokeLogs(smoke: SmokeReport): string {
  return smoke.cases
    .filter((one) => one.status === 'failed' && one.logTail)
    .map((one) => `Log of case ${code(one.name)}:\n${fenced(one.logTail ?? '')}`)
    .join('\n\n')
}

const ICON = { passed: '✅', failed: '❌', skipped: '➖' } as const
const ANSWER_CHARACTERS = 160

function answer(one: SmokeCase): string {
  const text = one.error === undefined ? JSON.stringify(one.response) : one.error.message
  return text === undefined
    ? '–'
    : code(text.length > ANSWER_CHARACTERS ? `${text.slice(0, ANSWER_CHARACTERS)}…` : text)
}

function duration(millis: number | undefined): string {
  return millis === undefined ? '–' : `${Math.round(millis)} ms`
}
