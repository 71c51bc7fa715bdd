import type { Prepared } from '../prepare/prepared.ts'
import type { Reality } from '../reality/reality.ts'
import type { Judgement } from './judge.ts'

/**
 * `agree`: an error where loading fails, none where it works. `missed`, `false`: the two kinds of disagreement. `lazy`
 * installs can be loaded and fail in use: that is no error, and `lazy-silent` without a warning about it.
 */
export type Outcome = 'agree' | 'missed' | 'false' | 'lazy-silent'

export type Comparison = {
  readonly id: string
  readonly outcome: Outcome
  readonly reality: Reality['verdict']
  /** Rules and subjects of our errors. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly notChecked: readonly string[]
  readonly defects: readonly string[]
  /** By module: what did not load, and why. */
  readonly failures: Readonly<Record<string, string>>
}

// A layer that Lambda does not take for its size loads well in a container.
const ABOUT_PUBLISHING = 'size-limit'

export function compare({ install }: Prepared, reality: Reality, judgement: Judgement): Comparison {
  const at = (level: string) => judgement.findings.filter((finding) => finding.level === level)
  const errors = at('error').filter(({ rule }) => rule !== ABOUT_PUBLISHING)
  const line = ({ rule, subject, owner, message }: Judgement['findings'][number]) =>
    `${rule} ${subject}${owner === undefined ? '' : ` (${owner})`}: ${message}`
  const failed = Object.entries(reality.modules).flatMap(([name, result]) =>
    result.ok ? [] : [[name, `${result.type}: ${result.text}`] as const],
  )
  return {
    id: install.id,
    outcome: outcome(reality.verdict, errors.length > 0, at('warning').length > 0),
    reality: reality.verdict,
    errors: errors.map(line),
    warnings: at('warning').map(line),
    notChecked: judgement.notChecked.map(({ rule, reason }) => `${rule}: ${reason}`),
    defects: judgement.defects,
    failures: Object.fromEntries(failed),
  }
}

function outcome(reality: Reality['verdict'], error: boolean, warning: boolean): Outcome {
  if (reality === 'lazy' && !error) return warning ? 'agree' : 'lazy-silent'
  if (error) return reality === 'fails' ? 'agree' : 'false'
  return reality === 'fails' ? 'missed' : 'agree'
}
