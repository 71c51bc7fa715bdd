import type { Check, Finding, Subject } from '../check.ts'
import { examplesOf } from '../facts/examples.ts'
import { type NodeReport, nodeReports } from './node-failures.ts'
import { type UnknownSymbols, unknownSymbols } from './node-symbols.ts'
import { packageOf } from './package-findings.ts'

/** What a rule says of an addon of package `name`; `consequence` is what becomes of it. */
type Words = (
  name: string,
  unknown: UnknownSymbols & { readonly consequence: string },
  report: NodeReport,
) => Pick<Finding, 'message' | 'expected' | 'actual' | 'help'>

/** Findings of `rule` about addons that name symbols of `pattern` which the runtime's node lacks, and where node's own were not read. */
export function unknownSymbolFindings(
  rule: string,
  pattern: RegExp,
  subject: Subject,
  words: Words,
): ReturnType<Check['run']> {
  const findings: Finding[] = []
  const unread: string[] = []
  for (const report of nodeReports(subject)) {
    if (report.uses.length === 0) continue
    const unknown = unknownSymbols(report, pattern)
    if (unknown === undefined) unread.push(report.view.reference)
    else findings.push(...unknown.map((one) => finding(rule, one, report, subject, words)))
  }
  if (unread.length === 0) return { findings }
  return { findings, notChecked: `what node exports in ${unread.join(', ')} was not read` }
}

function finding(rule: string, one: UnknownSymbols, report: NodeReport, subject: Subject, words: Words): Finding {
  const { file, isNeeded, atLoad } = one
  const { name, purl } = packageOf(file.path, subject)
  const certain = isNeeded && atLoad
  const consequence = atLoad ? 'it cannot be loaded' : 'the first call of one ends the process'
  return {
    rule,
    level: certain ? 'error' : 'warning',
    confidence: certain ? report.view.confidence : 'heuristic',
    subject: file.path,
    ...(purl === undefined ? {} : { owner: purl }),
    ...words(name, { ...one, consequence }, report),
    ...examplesOf([file.path]),
  }
}
