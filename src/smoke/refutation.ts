import type { ReportedFinding } from '../report/report.ts'

/**
 * An error whose very imports passed in the runtime: an error no longer, but a warning that says so. Where it holds in other
 * runtimes too, which were not smoked, it stays. `undefined`: the smoke did not try all that was said to fail.
 */
export function refuted(
  finding: ReportedFinding,
  passed: ReadonlySet<string>,
  runtimes: readonly string[],
): ReportedFinding | undefined {
  const { level, breaks = [] } = finding
  if (level !== 'error' || breaks.length === 0 || !breaks.every((name) => passed.has(name))) return undefined
  const named = breaks.slice(0, 3).map((name) => `\`${name}\``)
  const rest = breaks.length > named.length ? ` and ${breaks.length - named.length} more` : ''
  const said = `${finding.message}; the smoke refutes it: ${named.join(', ')}${rest} passed`
  const others = (finding.runtimes ?? runtimes).filter((one) => one !== runtimes[0])
  const told = { ...finding, confirmedBy: [], refutedBy: breaks }
  if (others.length === 0) return { ...told, level: 'warning', confidence: 'heuristic', message: said }
  return {
    ...told,
    message: `${said} in \`${runtimes[0]}\`, and ${others.map((one) => `\`${one}\``).join(', ')} was not smoked`,
  }
}
