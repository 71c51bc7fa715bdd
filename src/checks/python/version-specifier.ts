const CLAUSE = /^(>=|<=|==|!=|~=|>|<)\s*(\d+(?:\.\d+)*)(\.\*)?$/
const RELEASE = /^(\d+(?:\.\d+)*)(?:$|\+|\.post)/

/**
 * True when a version is certainly none that a requirement takes (`pydantic!=1.8,<2.0.0,>=1.6.2; extra == "x"`, PEP 440 and
 * PEP 508). Of pre-releases, epochs and anything else that is not plain nothing is certain.
 */
export function refusesVersion(requirement: string, version: string): boolean {
  const [, release] = RELEASE.exec(version) ?? []
  const [wanted = ''] = requirement.split(';', 1)
  const [, specifiers = ''] = /^\s*[\w.-]+\s*(?:\[[^\]]*\])?\s*\(?([^)]*)\)?\s*$/.exec(wanted) ?? []
  return release !== undefined && specifiers.split(',').some((clause) => isBroken(clause.trim(), numbers(release)))
}

function isBroken(clause: string, ours: readonly number[]): boolean {
  const [, operator, text = '', wildcard] = CLAUSE.exec(clause) ?? []
  const theirs = numbers(text)
  const order = compare(ours, theirs)
  const isWithin = compare(ours.slice(0, theirs.length), theirs) === 0
  switch (operator) {
    case '>=':
      return order < 0
    case '>':
      return order <= 0
    case '<':
      return order >= 0
    case '<=':
      return order > 0
    case '==':
      return wildcard === undefined ? order !== 0 : !isWithin
    case '!=':
      return wildcard === undefined ? order === 0 : isWithin
    case '~=':
      return order < 0 || compare(ours.slice(0, theirs.length - 1), theirs.slice(0, -1)) !== 0
    default:
      return false
  }
}

function numbers(text: string): readonly number[] {
  return text.split('.').map(Number)
}

/** `2.0` and `2.0.0` are the same. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
