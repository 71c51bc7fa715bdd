import type { Finding } from './check.ts'
import { code, counted } from './facts/wording.ts'

/** `rule` explains a finding of `hides` when both hold: then only `rule`'s is reported, and names the other's evidence. */
type Precedence = {
  readonly rule: string
  readonly hides: string
  when(cause: Finding, consequence: Finding): boolean
}

const isError = (cause: Finding): boolean => cause.level === 'error'
const isOneSubject = (cause: Finding, other: Finding): boolean => isError(cause) && cause.subject === other.subject
const isExplained = (cause: Finding, other: Finding): boolean => isError(cause) && other.level !== 'note'

/** The most specific rule first. Notes about systems stay: they say what differs, not what breaks. */
const PRECEDENCE: readonly Precedence[] = [
  { rule: 'manifest-index', hides: 'image-architecture', when: isError },
  { rule: 'manifest-index', hides: 'elf-architecture', when: isError },
  { rule: 'image-architecture', hides: 'elf-architecture', when: isError },
  { rule: 'elf-architecture', hides: 'entrypoint', when: isOneSubject },
  { rule: 'entrypoint', hides: 'unreadable-file', when: isOneSubject },
  { rule: 'symbol-version', hides: 'os-family', when: isExplained },
  { rule: 'symbol-version', hides: 'os-release', when: isExplained },
]

/** One finding per root cause: consequences are left out, and their cause says that they were seen. */
export function onePerCause(findings: readonly Finding[]): readonly Finding[] {
  const causes = new Map<Finding, Finding>()
  for (const finding of findings) {
    const cause = findings.find((other) =>
      PRECEDENCE.some(({ rule, hides, when }) => other.rule === rule && finding.rule === hides && when(other, finding)),
    )
    if (cause !== undefined) causes.set(finding, cause)
  }
  return findings
    .filter((finding) => !causes.has(finding))
    .map((finding) =>
      withEvidence(
        finding,
        findings.filter((other) => causes.get(other) === finding),
      ),
    )
}

function withEvidence(cause: Finding, consequences: readonly Finding[]): Finding {
  if (consequences.length === 0) return cause
  const rules = [...new Set(consequences.map(({ rule }) => rule))].map((rule) => {
    const count = consequences.filter((one) => one.rule === rule).reduce((sum, one) => sum + one.count, 0)
    return `${code(rule)} (${counted(count, 'place')})`
  })
  return { ...cause, message: `${cause.message}; also seen by ${rules.join(', ')}` }
}
