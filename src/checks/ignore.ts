import picomatch from 'picomatch'
import type { IgnoreRule } from '../plan/plan.ts'
import type { ReportedFinding } from '../report/report.ts'
import type { Finding } from './check.ts'

/**
 * Marks the findings that `ignore` names with the reason given there. A glob is matched against subject, owner and
 * examples; one without a slash also against the last part of a path (`*.node`), as .gitignore does.
 */
export function applyIgnore(findings: readonly Finding[], rules: readonly IgnoreRule[]): readonly ReportedFinding[] {
  const matchers = rules.map(({ rule, glob, reason }) => ({ rule, reason, matches: matcher(glob) }))
  return findings.map((finding) => {
    const found = matchers.find(({ rule, matches }) => rule === finding.rule && names(finding).some(matches))
    return found === undefined ? finding : { ...finding, ignored: found.reason }
  })
}

function matcher(glob: string | undefined): (name: string) => boolean {
  if (glob === undefined) return () => true
  const matches = picomatch(glob, { dot: true, basename: !glob.includes('/') })
  return (name) => name === glob || matches(name)
}

function names({ subject, owner, examples }: Finding): readonly string[] {
  return [subject, ...(owner === undefined ? [] : [owner]), ...examples]
}
