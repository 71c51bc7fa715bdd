import type { Finding, Subject } from '../checks/check.ts'
import type { SmokeReport } from '../report/report.ts'
import { absentModule } from './absence/absent-module.ts'
import { remedy } from './remedy.ts'

/** One finding of rule `smoke` per failed case. `subject`: what was invoked, as the rules saw it. */
export function smokeFindings(
  report: SmokeReport,
  kind: 'image' | 'layer' = 'image',
  subject?: Subject,
): readonly Finding[] {
  const absence = (said: string) => (subject === undefined ? undefined : absentModule(said, subject))
  return report.cases.flatMap((one): Finding[] => {
    if (one.status !== 'failed') return []
    const error = one.error ?? { type: 'Runtime.Unknown', message: 'the invocation failed without a reason' }
    return [
      {
        rule: 'smoke',
        level: 'error',
        confidence: 'proven',
        subject: one.name,
        message: `${failed(one.name)} ${error.type}: ${withoutBackticks(error.message)}`,
        help: remedy(error, one.logTail ?? '', kind, absence),
        count: 1,
        examples: [],
      },
    ]
  })
}

/** Backticks are code in messages of findings; in those of GNU's programs they open quotes (`GLIBC_2.38'). */
function withoutBackticks(text: string): string {
  return text.replaceAll('`', "'")
}

/** Files that the loader of a layer's runtime was asked about are not invoked. */
function failed(name: string): string {
  return /^(?:load|interpreter of) \//.test(name) ? 'The runtime cannot load it:' : 'The invocation failed with'
}
