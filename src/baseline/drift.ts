import type { Finding } from '../checks/check.ts'
import { code } from '../checks/facts/wording.ts'
import { byDigest, parseImageReference } from '../image-reference.ts'
import type { Environment, Report } from '../report/report.ts'
import type { Baseline } from './baseline.ts'

const COLUMNS = ['build', 'runtime'] as const

/** Notes about references that lead to another image than they did in the baseline's run: the tag has moved. Pure. */
export function driftNotes(now: Report['environments'], { environments, reported }: Baseline): readonly Finding[] {
  return COLUMNS.flatMap((column): Finding[] => {
    const [before, after] = [environments[column], now[column]]
    if (before?.digest === undefined || after?.digest === undefined) return []
    if (before.reference !== after.reference || before.digest === after.digest) return []
    if (parseImageReference(after.reference)?.digest !== undefined) return []
    const since = reported.createdAt === undefined ? 'since the baseline' : `since ${reported.createdAt.slice(0, 10)}`
    const [old, current] = [release(before), release(after)]
    const systems = old === current || current === '' ? '' : ` (${old || 'another release'} became ${current})`
    return [
      {
        rule: 'floating-tag',
        level: 'note',
        confidence: 'proven',
        subject: after.reference,
        message: `The tag of ${code(after.reference)}, the ${column} image, has moved ${since}${systems}`,
        expected: `${code(before.digest)}, as in the baseline`,
        actual: code(after.digest),
        help: `What differs between the two runs may come from it. To decide when it changes, pin the digest and let a bot move it.\n${byDigest(after.reference, after.digest)}`,
        count: 1,
        examples: [before.digest, after.digest],
      },
    ]
  })
}

function release({ os }: Pick<Environment, 'os'> | EnvironmentBefore): string {
  return os?.release ?? os?.prettyName ?? ''
}

type EnvironmentBefore = NonNullable<Baseline['environments']['build']>
