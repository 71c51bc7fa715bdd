import type { Subject } from '../../src/checks/check.ts'
import type { GroundedFinding } from '../../src/checks/grounds.ts'

/** What a rule says about one subject. `pass…` files expect no finding, all others at least one. */
export type Fixture = {
  readonly subject: Subject
  readonly findings: readonly Partial<GroundedFinding>[]
  /** What the rule could not tell; absent: it must have checked everything. */
  readonly notChecked?: RegExp
}
