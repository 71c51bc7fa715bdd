import type { Prepared } from '../prepare/prepared.ts'
import type { Reality } from '../reality/reality.ts'
import type { Judgement } from './judge.ts'

/**
 * What an install really does, as executed, and what is right to say of it:
 * - `fails`: the import of a top-level module, of a module that the package is used by, or the one use that it is there
 *   for. An error; without one it is `missed`.
 * - `lazy`: all of that works, and one part or one first call fails. A warning; without one `missed` too. An error is
 *   `false`, unless most of a package's parts really fail to be imported.
 * - `works`: no error; with one `false`. Warnings are fine. Where nothing but the import was asked for it may be lazy:
 *   then the parts tell, as above.
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

/** Whether the parts of the packages decide: of an error about what is lazy, or of which only the import was executed. */
export function dependsOnParts({ install: { package: asked } }: Prepared, { verdict }: Reality): boolean {
  return verdict === 'lazy' || (verdict === 'works' && asked.used === undefined && asked.part === undefined)
}

/** Of findings of these levels, as the three classes have it. */
export function outcome(
  { verdict, partsOf = {} }: Pick<Reality, 'verdict' | 'partsOf'>,
  hasError: boolean,
  hasWarning: boolean,
): Outcome {
  if (verdict === 'fails') return hasError ? 'agree' : 'missed'
  if (hasError) return Object.values(partsOf).some(({ tried, failed }) => failed * 2 > tried) ? 'agree' : 'false'
  return verdict === 'works' || hasWarning ? 'agree' : 'missed'
}
