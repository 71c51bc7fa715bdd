import type { Prepared } from '../prepare/prepared.ts'
import type { Reality } from '../reality/reality.ts'
import type { Judgement } from './judge.ts'

/**
 * What an install really does, as executed, and what is right to say of it:
 * - `fails`: the import of a top-level module, of a module that the package is used by, or the one use that it is there
 *   for. An error; without one it is `missed`.
 * - `lazy`: all of that works, and one part or one first call fails. A warning; without one `missed` too. An error is
 *   `false`, unless most of the package's parts really fail to be imported.
 * - `works`: no error; with one `false`. Warnings are fine.
 */
export type Outcome = 'agree' | 'missed' | 'false'

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
    outcome: outcome(reality, errors.length > 0, at('warning').length > 0),
    reality: reality.verdict,
    errors: errors.map(line),
    warnings: at('warning').map(line),
    notChecked: judgement.notChecked.map(({ rule, reason }) => `${rule}: ${reason}`),
    defects: judgement.defects,
    failures: Object.fromEntries(failed),
  }
}

/** Of findings of these levels, as the three classes have it. */
export function outcome(
  { verdict, parts }: Pick<Reality, 'verdict' | 'parts'>,
  hasError: boolean,
  hasWarning: boolean,
): Outcome {
  switch (verdict) {
    case 'fails':
      return hasError ? 'agree' : 'missed'
    case 'lazy':
      if (hasError) return parts !== undefined && parts.failed * 2 > parts.tried ? 'agree' : 'false'
      return hasWarning ? 'agree' : 'missed'
    case 'works':
      return hasError ? 'false' : 'agree'
  }
}
