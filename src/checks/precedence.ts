import type { Finding } from './check.ts'
import { isWithin } from './facts/image-tree.ts'
import { code, counted } from './facts/wording.ts'

/** `rule` explains a finding of `hides` when both hold: then only `rule`'s is reported, and names the other's evidence. */
type Precedence = {
  readonly rule: string
  readonly hides: string
  when(cause: Finding, consequence: Finding): boolean
}

const isError = (cause: Finding): boolean => cause.level === 'error'
const isOneSubject = (cause: Finding, other: Finding): boolean => isError(cause) && cause.subject === other.subject
const isOnePackage = (cause: Finding, other: Finding): boolean =>
  isError(cause) && (cause.subject === other.subject || (cause.owner !== undefined && cause.owner === other.owner))
const isLesserOfPackage = (cause: Finding, other: Finding): boolean => !isError(other) && isOnePackage(cause, other)
const isLesserOfSubject = (cause: Finding, other: Finding): boolean => !isError(other) && isOneSubject(cause, other)
const isOfGlibc = (cause: Finding, other: Finding): boolean => isError(cause) && /GLIBC_/.test(other.actual ?? '')
// That two systems differ is a guess at what breaks; what was found to break says it, at the same level or a higher one.
const isExplained = (cause: Finding, other: Finding): boolean =>
  other.level !== 'note' && (isError(cause) || cause.level === other.level)
// A library that what compiled the code lacks as well is no matter of two systems.
const isLackOfSystem = (cause: Finding, other: Finding): boolean =>
  isExplained(cause, other) && /the build (?:stage|image) `/.test(cause.actual ?? '')

// What a wheel brought for itself and the artifact lacks is told with what cannot be loaded for it.
const isOfSameRecord = (cause: Finding, other: Finding): boolean =>
  !isError(other) && cause.owner === other.owner && [cause, other].every(({ message }) => /RECORD lists/.test(message))
const isLesserToo = (cause: Finding, other: Finding): boolean =>
  isLesserOfPackage(cause, other) ||
  (cause.level === 'warning' && other.level === 'warning' && cause.owner !== undefined && cause.owner === other.owner)
const isNamedBy = (cause: Finding, other: Finding): boolean =>
  isOnePackage(cause, other) || (cause.level === other.level && other.message.includes(code(cause.subject)))

// What is there instead of the function's (`x-darwin-arm64`, `x.cpython-311-darwin.so`) is dead weight for the same cause.
const isOfItsFiles = (cause: Finding, other: Finding): boolean =>
  cause.level !== 'note' &&
  other.level === 'note' &&
  other.count === other.examples.length &&
  other.examples.every((path) => cause.examples.some((place) => isWithin(path, place)))

const isBelow = (cause: Finding, other: Finding): boolean => isError(cause) && isWithin(other.subject, cause.subject)

const isOfProcessor = (cause: Finding, other: Finding): boolean =>
  isError(cause) && /^`(?:x86_64|arm64)`$/.test(other.expected ?? '')

/** The most specific rule first. Notes about systems stay: they say what differs, not what breaks. */
const PRECEDENCE: readonly Precedence[] = [
  { rule: 'manifest-index', hides: 'image-architecture', when: isError },
  { rule: 'manifest-index', hides: 'elf-architecture', when: isError },
  { rule: 'image-architecture', hides: 'elf-architecture', when: isError },
  { rule: 'elf-architecture', hides: 'entrypoint', when: isOneSubject },
  { rule: 'elf-architecture', hides: 'bootstrap', when: isOneSubject },
  { rule: 'elf-architecture', hides: 'extension', when: isOneSubject },
  { rule: 'elf-architecture', hides: 'python-extension-tag', when: isOnePackage },
  { rule: 'elf-architecture', hides: 'python-wheel-tag', when: isOnePackage },
  { rule: 'libc-family', hides: 'entrypoint', when: isOneSubject },
  { rule: 'libc-family', hides: 'bootstrap', when: isOneSubject },
  { rule: 'libc-family', hides: 'extension', when: isOneSubject },
  { rule: 'libc-family', hides: 'python-extension-tag', when: isOnePackage },
  { rule: 'libc-family', hides: 'python-wheel-tag', when: isOnePackage },
  { rule: 'libc-family', hides: 'os-family', when: isExplained },
  { rule: 'missing-interpreter', hides: 'entrypoint', when: isOneSubject },
  { rule: 'missing-interpreter', hides: 'bootstrap', when: isOneSubject },
  { rule: 'missing-interpreter', hides: 'extension', when: isOneSubject },
  // What is not even looked at need not be of the right version too.
  { rule: 'layer-layout', hides: 'python-extension-tag', when: isBelow },
  { rule: 'layer-layout', hides: 'python-wheel-tag', when: isBelow },
  // What is named for another platform is not imported at all: that it would not load either is the lesser half.
  { rule: 'python-extension-tag', hides: 'elf-architecture', when: isLesserToo },
  { rule: 'python-extension-tag', hides: 'libc-family', when: isLesserToo },
  { rule: 'python-wheel-tag', hides: 'elf-architecture', when: isLesserOfPackage },
  { rule: 'python-wheel-tag', hides: 'libc-family', when: isLesserOfPackage },
  { rule: 'python-wheel-tag', hides: 'undefined-symbol', when: isOnePackage },
  // The wheel's tag explains what no other rule of the same package can.
  ...['python-extension-tag', 'symbol-version', 'missing-library', 'foreign-binary', 'python-record'].map((rule) => ({
    rule,
    hides: 'python-wheel-tag',
    when: isOnePackage,
  })),
  { rule: 'python-extension-tag', hides: 'python-record', when: isOnePackage },
  { rule: 'bundled-libc', hides: 'symbol-version', when: isOfGlibc },
  { rule: 'missing-library', hides: 'python-record', when: isOfSameRecord },
  { rule: 'missing-library', hides: 'absolute-rpath', when: isLesserOfPackage },
  { rule: 'missing-library', hides: 'os-family', when: isLackOfSystem },
  { rule: 'missing-library', hides: 'os-release', when: isLackOfSystem },
  { rule: 'entrypoint', hides: 'unreadable-file', when: isOneSubject },
  { rule: 'symbol-version', hides: 'os-family', when: isExplained },
  { rule: 'symbol-version', hides: 'os-release', when: isExplained },
  { rule: 'image-architecture', hides: 'bootstrap', when: isOfProcessor },
  { rule: 'image-architecture', hides: 'extension', when: isOfProcessor },
  { rule: 'entrypoint', hides: 'not-executable', when: isOneSubject },
  { rule: 'entrypoint', hides: 'handler', when: isOneSubject },
  // Of a program that does not start nobody knows whether it would ask for events.
  { rule: 'entrypoint', hides: 'runtime-interface-client', when: (cause, other) => isError(cause) && !isError(other) },
  { rule: 'bootstrap', hides: 'not-executable', when: isOneSubject },
  { rule: 'bootstrap', hides: 'unreadable-file', when: isOneSubject },
  // What Lambda starts says more of a file than that it is no native code of the function's.
  ...['entrypoint', 'bootstrap', 'extension'].flatMap((rule) =>
    ['foreign-binary', 'corrupt-binary', 'elf-architecture'].map((hides) => ({ rule, hides, when: isLesserOfSubject })),
  ),
  { rule: 'not-executable', hides: 'unreadable-file', when: isOneSubject },
  // The rules of languages know whether a package is needed at all; a broken file is a cause of its own.
  ...['python-extension-tag', 'node-platform-package', 'node-prebuild', 'node-abi'].flatMap((rule) => [
    { rule, hides: 'foreign-binary', when: isOnePackage },
    { rule: 'corrupt-binary', hides: rule, when: isOnePackage },
  ]),
  // A program that its package starts: what is broken about it is said there.
  { rule: 'node-prebuild', hides: 'corrupt-binary', when: isLesserOfPackage },
  { rule: 'corrupt-binary', hides: 'python-wheel-tag', when: isOnePackage },
  { rule: 'foreign-binary', hides: 'missing-library', when: isOnePackage },
  { rule: 'corrupt-binary', hides: 'missing-library', when: isNamedBy },
  ...['node-platform-package', 'python-extension-tag'].flatMap((rule) =>
    ['elf-architecture', 'libc-family', 'foreign-binary'].map((hides) => ({ rule, hides, when: isOfItsFiles })),
  ),
  // Loaders try the package of the platform first, then a file of their own that only a build from source makes.
  { rule: 'node-platform-package', hides: 'node-prebuild', when: isOneSubject },
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
