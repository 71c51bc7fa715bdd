import { posix } from 'node:path'
import type { Finding } from '../checks/check.ts'
import type { ReportedFinding, SmokeCase, SmokeReport } from '../report/report.ts'

/**
 * Ties what the checks found and what the smoke saw, in both directions: a failed case names the finding that predicted
 * it and takes its fix, and a finding says which cases failed on it, or that none failed on it. Pure.
 */
export function tiePredictions(
  findings: readonly ReportedFinding[],
  smoke: readonly ReportedFinding[],
  report: SmokeReport,
): readonly ReportedFinding[] {
  if (report.status === 'skipped') return [...findings, ...smoke]
  const failed = report.cases.filter(({ status }) => status === 'failed')
  const ties = failed.map((one) => ({ name: one.name, cause: mostTelling(findings, seenText(one)) }))
  const failedOn = (finding: ReportedFinding) => ties.filter(({ cause }) => cause === finding).map(({ name }) => name)
  return [
    ...findings.map((finding) => confirmed(finding, failedOn(finding))),
    ...smoke.map((finding) => predicted(finding, ties.find(({ name }) => name === finding.subject)?.cause)),
  ]
}

function predicted(finding: ReportedFinding, cause: ReportedFinding | undefined): ReportedFinding {
  if (cause === undefined) return finding
  return {
    ...finding,
    predictedBy: [`${cause.rule} ${cause.subject}`],
    message: `${finding.message} (\`${cause.rule}\` found why: \`${cause.subject}\`)`,
    help: cause.help,
  }
}

/** Only of what stops code from being loaded the smoke can say that it did not happen. */
function confirmed(finding: ReportedFinding, cases: readonly string[]): ReportedFinding {
  if (cases.length > 0) {
    const names = cases.map((name) => `\`${name}\``).join(', ')
    return { ...finding, confirmedBy: cases, message: `${finding.message}; the smoke failed on it (${names})` }
  }
  if (finding.level !== 'error' || !LOADING.has(finding.rule)) return finding
  return { ...finding, confirmedBy: [], message: `${finding.message}; no smoke case failed on it` }
}

/** Rules about code that a process loads or starts. */
const LOADING = new Set([
  'elf-architecture',
  'foreign-binary',
  'corrupt-binary',
  'symbol-version',
  'undefined-symbol',
  'missing-library',
  'missing-interpreter',
  'libc-family',
  'python-extension-tag',
  'python-wheel-tag',
  'python-record',
  'node-abi',
  'node-napi',
  'node-v8-symbol',
  'node-platform-package',
  'node-prebuild',
  'prisma-engine',
  'java-class-version',
  'java-native',
  'ruby-layout',
  'dotnet-runtime',
  'unreadable-file',
  'not-executable',
  'entrypoint',
  'handler',
  'bootstrap',
  'missing-soname-link',
  'broken-link',
])

function seenText({ error, logTail = '' }: SmokeCase): string {
  return `${error?.type ?? ''} ${error?.message ?? ''}\n${logTail}`
}

/** The finding whose names the error repeats most precisely; errors before warnings. */
function mostTelling(findings: readonly ReportedFinding[], text: string): ReportedFinding | undefined {
  const scored = findings
    .filter(({ rule, level }) => LOADING.has(rule) && level !== 'note')
    .map((finding) => ({ finding, score: score(finding, text) }))
    .filter(({ score }) => score > 0)
  return scored.sort((a, b) => rank(b) - rank(a))[0]?.finding
}

function rank({ finding, score }: { readonly finding: Finding; readonly score: number }): number {
  return score + (finding.level === 'error' ? 0.5 : 0)
}

/** 4: the path of a file; 3: its name; 2: a version, a library or a package; 1: the words that such a fault always has. */
function score(finding: Finding, text: string): number {
  const paths = [finding.subject, ...finding.examples].filter((path) => path.startsWith('/'))
  if (paths.some((path) => text.includes(path))) return 4
  if (paths.some((path) => names(posix.basename(path), text))) return 3
  const words = [...quoted(finding), ...(finding.owner === undefined ? [] : [packageName(finding.owner)])]
  if (words.some((word) => names(word, text))) return 2
  return WORDS[finding.rule]?.test(text) ? 1 : 0
}

/** Versions and libraries that the finding quotes (`GLIBC_2.38`, `libpq.so.5`). */
function quoted({ message, expected = '', actual = '' }: Finding): readonly string[] {
  const text = `${message} ${expected} ${actual}`
  return [...text.matchAll(/`([A-Z]+_[\w.]+|[^`\s]+\.so[.\d]*)`/g)].map(([, word]) => word ?? '')
}

/** `sharp` of `pkg:npm/sharp`, `@img/sharp-linux-x64` of its encoded form; a Python module has no hyphen. */
function packageName(purl: string): string {
  const name = decodeURIComponent(purl.replace(/^pkg:[^/]+\//, ''))
  return purl.startsWith('pkg:pypi/') ? name.replaceAll('-', '_') : name
}

/** As a word of its own: `a.node` is not named by `data.node`. */
function names(word: string, text: string): boolean {
  if (word.length < 3) return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' ']
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true
  }
  return false
}

const WORDS: Readonly<Record<string, RegExp>> = {
  entrypoint: /Runtime\.(?:InvalidEntrypoint|InvalidWorkingDir)|exec format error|no such file or directory: fork/i,
  bootstrap: /Runtime\.InvalidEntrypoint|couldn't find valid bootstrap/i,
  handler:
    /Runtime\.(?:ImportModuleError|HandlerNotFound|UserCodeSyntaxError|MalformedHandlerName)|Cannot find module|ClassNotFoundException|^Init</,
  'unreadable-file': /EACCES|Permission denied|PermissionError/i,
  'java-class-version': /UnsupportedClassVersionError/,
  'ruby-layout': /Gem::Missing(?:Spec|SpecVersion)Error|incompatible library version|cannot load such file/,
}
