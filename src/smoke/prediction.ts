import type { ReportedFinding, SmokeCase, SmokeReport } from '../report/report.ts'
import { refuted } from './refutation.ts'
import { telling } from './telling.ts'

/**
 * Ties what the checks found and what the smoke saw, in both directions: a failed case names the finding that predicted
 * it and takes its fix, and a finding says which cases failed on it, that none failed on it, or that they refute it. A layer
 * is smoked in the first of its `runtimes`: of what holds in others only that can tell nothing. Pure.
 */
export function tiePredictions(
  findings: readonly ReportedFinding[],
  smoke: readonly ReportedFinding[],
  report: SmokeReport,
  runtimes: readonly string[] = [],
): readonly ReportedFinding[] {
  const [smoked] = runtimes
  const tried = findings.filter((one) => smoked === undefined || (one.runtimes ?? runtimes).includes(smoked))
  if (report.status === 'skipped') return [...findings, ...smoke]
  const failed = report.cases.filter(({ status }) => status === 'failed')
  const passed = new Set(report.cases.filter(({ status }) => status === 'passed').map(({ name }) => name))
  const ties = failed.map((one) => ({
    name: one.name,
    cause: mostTelling(tried, seenText(one)) ?? saidOf(one.name, tried),
  }))
  const failedOn = (finding: ReportedFinding) => ties.filter(({ cause }) => cause === finding).map(({ name }) => name)
  return [
    ...findings.map((finding) =>
      tried.includes(finding)
        ? (refuted(finding, passed, runtimes) ?? confirmed(finding, failedOn(finding), passed.size > 0))
        : finding,
    ),
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
    ...(cause.location === undefined ? {} : { location: cause.location }),
  }
}

/**
 * Only of what stops code from being loaded the smoke can say that it did not happen; where every case failed on something
 * else, nobody came so far (`someRan`).
 */
function confirmed(finding: ReportedFinding, cases: readonly string[], someRan: boolean): ReportedFinding {
  if (cases.length > 0) {
    const names = cases.map((name) => `\`${name}\``).join(', ')
    const said =
      finding.level === 'error' ? `the smoke failed on it (${names})` : `but the smoke failed on it (${names})`
    return { ...finding, confirmedBy: cases, message: `${finding.message}; ${said}` }
  }
  if (finding.level !== 'error' || !LOADING.has(finding.rule)) return finding
  const said = someRan ? 'no smoke case failed on it' : 'the smoke failed on something else before it could tell'
  return { ...finding, confirmedBy: [], message: `${finding.message}; ${said}` }
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
  'numba-cache',
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
  'runtime-interface-client',
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
    .map((finding) => ({ finding, score: telling(finding, text) }))
    .filter(({ score }) => score > 0)
  return scored.sort((a, b) => rank(b) - rank(a))[0]?.finding
}

/** The error that says that this very case fails, where its words name nothing of it. */
function saidOf(name: string, findings: readonly ReportedFinding[]): ReportedFinding | undefined {
  return findings.find(({ level, breaks = [] }) => level === 'error' && breaks.includes(name))
}

function rank({ finding, score }: { readonly finding: ReportedFinding; readonly score: number }): number {
  return score + (finding.level === 'error' ? 0.5 : 0)
}
