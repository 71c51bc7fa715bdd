import type { RuleId } from './catalogue.ts'
import type { Finding } from './check.ts'
import { code, counted } from './facts/wording.ts'
import { type GroundedFinding, reported } from './grounds.ts'
import {
  type Condition,
  isBelow,
  isDeadWeightOfIt,
  isError,
  isExplained,
  isLackOfSystem,
  isLesserOfOwner,
  isLesserOfPackage,
  isLesserOfSubject,
  isOfGlibc,
  isOfProcessor,
  isOfSameRecord,
  isOnePackage,
  isOneSubject,
  isPassedOver,
  isUnclear,
} from './precedence-conditions.ts'

/** `rule` explains a finding of `hides` when both hold: then only `rule`'s is reported, and names the other's evidence. */
type Precedence = { readonly rule: RuleId; readonly hides: readonly RuleId[]; readonly when: Condition }

/** By cause. Notes about systems stay: they say what differs, not what breaks. */
const PRECEDENCE: readonly Precedence[] = [
  { rule: 'manifest-index', hides: ['image-architecture', 'elf-architecture'], when: isError },
  { rule: 'image-architecture', hides: ['elf-architecture'], when: isError },
  { rule: 'image-architecture', hides: ['bootstrap', 'extension'], when: isOfProcessor },

  { rule: 'elf-architecture', hides: ['entrypoint', 'bootstrap', 'extension'], when: isOneSubject },
  { rule: 'elf-architecture', hides: ['python-extension-tag', 'python-wheel-tag'], when: isOnePackage },
  { rule: 'libc-family', hides: ['entrypoint', 'bootstrap', 'extension'], when: isOneSubject },
  { rule: 'libc-family', hides: ['python-extension-tag', 'python-wheel-tag'], when: isOnePackage },
  { rule: 'libc-family', hides: ['os-family'], when: isExplained },
  { rule: 'missing-interpreter', hides: ['entrypoint', 'bootstrap', 'extension'], when: isOneSubject },

  { rule: 'entrypoint', hides: ['unreadable-file', 'not-executable', 'handler'], when: isOneSubject },
  // Of a program that does not start nobody knows whether it would ask for events.
  { rule: 'entrypoint', hides: ['runtime-interface-client'], when: isUnclear },
  { rule: 'bootstrap', hides: ['unreadable-file', 'not-executable'], when: isOneSubject },
  // What Lambda starts says more of a file than that it is no native code of the function's.
  { rule: 'entrypoint', hides: ['foreign-binary', 'corrupt-binary', 'elf-architecture'], when: isLesserOfSubject },
  { rule: 'bootstrap', hides: ['foreign-binary', 'corrupt-binary', 'elf-architecture'], when: isLesserOfSubject },
  { rule: 'extension', hides: ['foreign-binary', 'corrupt-binary', 'elf-architecture'], when: isLesserOfSubject },
  { rule: 'not-executable', hides: ['unreadable-file'], when: isOneSubject },

  // What is not even looked at need not be of the right version too.
  { rule: 'layer-layout', hides: ['python-extension-tag', 'python-wheel-tag'], when: isBelow },
  // What is named for another platform is not imported at all: that it would not load either is the lesser half.
  { rule: 'python-extension-tag', hides: ['elf-architecture', 'libc-family'], when: isLesserOfOwner },
  { rule: 'python-extension-tag', hides: ['python-record'], when: isOnePackage },
  { rule: 'python-wheel-tag', hides: ['elf-architecture', 'libc-family'], when: isLesserOfPackage },
  { rule: 'python-wheel-tag', hides: ['undefined-symbol'], when: isOnePackage },
  // The wheel's tag explains what no other rule of the same package can.
  { rule: 'python-extension-tag', hides: ['python-wheel-tag'], when: isOnePackage },
  { rule: 'symbol-version', hides: ['python-wheel-tag'], when: isOnePackage },
  { rule: 'missing-library', hides: ['python-wheel-tag'], when: isOnePackage },
  { rule: 'foreign-binary', hides: ['python-wheel-tag'], when: isOnePackage },
  { rule: 'corrupt-binary', hides: ['python-wheel-tag'], when: isOnePackage },
  { rule: 'python-record', hides: ['python-wheel-tag'], when: isOnePackage },

  { rule: 'bundled-libc', hides: ['symbol-version'], when: isOfGlibc },
  { rule: 'symbol-version', hides: ['os-family', 'os-release'], when: isExplained },
  { rule: 'missing-library', hides: ['os-family', 'os-release'], when: isLackOfSystem },
  { rule: 'missing-library', hides: ['python-record'], when: isOfSameRecord },
  { rule: 'missing-library', hides: ['absolute-rpath'], when: isLesserOfPackage },
  { rule: 'foreign-binary', hides: ['missing-library'], when: isOnePackage },
  { rule: 'corrupt-binary', hides: ['missing-library'], when: isPassedOver },

  // The rules of languages know whether a package is needed at all; a broken file is a cause of its own.
  { rule: 'python-extension-tag', hides: ['foreign-binary'], when: isOnePackage },
  { rule: 'node-platform-package', hides: ['foreign-binary'], when: isOnePackage },
  { rule: 'node-prebuild', hides: ['foreign-binary'], when: isOnePackage },
  { rule: 'node-abi', hides: ['foreign-binary'], when: isOnePackage },
  {
    rule: 'corrupt-binary',
    hides: ['python-extension-tag', 'node-platform-package', 'node-prebuild', 'node-abi'],
    when: isOnePackage,
  },
  // A program that its package starts: what is broken about it is said there. What it has for other platforms is no cause.
  { rule: 'node-prebuild', hides: ['corrupt-binary', 'elf-architecture', 'libc-family'], when: isLesserOfPackage },
  {
    rule: 'node-platform-package',
    hides: ['elf-architecture', 'libc-family', 'foreign-binary'],
    when: isDeadWeightOfIt,
  },
  {
    rule: 'python-extension-tag',
    hides: ['elf-architecture', 'libc-family', 'foreign-binary'],
    when: isDeadWeightOfIt,
  },
  // Loaders try the package of the platform first, then a file of their own that only a build from source makes.
  { rule: 'node-platform-package', hides: ['node-prebuild'], when: isOneSubject },
]

/**
 * One finding per root cause: consequences are left out, and their cause says that they were seen. The grounds of findings
 * are for this alone and go no further.
 */
export function onePerCause(findings: readonly GroundedFinding[]): readonly Finding[] {
  const causes = new Map<GroundedFinding, GroundedFinding>()
  for (const finding of findings) {
    const cause = findings.find((other) =>
      PRECEDENCE.some(
        ({ rule, hides, when }) =>
          other.rule === rule && hides.some((hidden) => hidden === finding.rule) && when(other, finding),
      ),
    )
    if (cause !== undefined) causes.set(finding, cause)
  }
  return findings
    .filter((finding) => !causes.has(finding))
    .map((finding) =>
      withEvidence(
        reported(finding),
        findings.filter((other) => causes.get(other) === finding),
      ),
    )
}

function withEvidence(cause: Finding, consequences: readonly GroundedFinding[]): Finding {
  if (consequences.length === 0) return cause
  const rules = [...new Set(consequences.map(({ rule }) => rule))].map((rule) => {
    const count = consequences.filter((one) => one.rule === rule).reduce((sum, one) => sum + one.count, 0)
    return `${code(rule)} (${counted(count, 'place')})`
  })
  return { ...cause, message: `${cause.message}; also seen by ${rules.join(', ')}` }
}
