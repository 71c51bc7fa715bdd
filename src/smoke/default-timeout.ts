import type { Finding } from '../checks/check.ts'
import type { SmokeReport } from '../report/report.ts'
import { overTime } from './time-limit.ts'

/** Seconds that Lambda gives a function whose configuration states no timeout (CreateFunction). */
const LAMBDA_DEFAULT = 3

/** Notes about cases that only pass because the run grants more time than Lambda would where the template states none. */
export function defaultTimeoutNotes({ cases }: SmokeReport): readonly Finding[] {
  return cases.flatMap((one): Finding[] => {
    const over = overTime(one, LAMBDA_DEFAULT)
    if (over === undefined) return []
    const seconds = Math.ceil(one.millis / 1000)
    return [
      {
        rule: 'smoke',
        level: 'note',
        confidence: 'proven',
        subject: one.name,
        message: `The template states no \`Timeout\`, so Lambda gives the function ${LAMBDA_DEFAULT} s, and this case was slower. ${over}`,
        expected: `at most ${LAMBDA_DEFAULT} s`,
        actual: `${(one.millis / 1000).toFixed(1)} s`,
        help: `State the function's timeout in its template.\nTimeout: ${Math.max(10, seconds * 2)}`,
        count: 1,
        examples: [],
      },
    ]
  })
}
