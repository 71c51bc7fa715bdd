const CLAUSE = /^(>=|<=|==|!=|~=|>|<)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(\.\*)?$/

/**
 * False when Python 3.`minor` is certainly none that `Requires-Python` takes (PEP 440 specifiers); which patch release
 * the runtime has is not asked.
 */
export function takesPython(specifier: string, minor: number): boolean {
  return specifier.split(',').every((clause) => mayHold(clause.trim(), minor))
}

function mayHold(clause: string, minor: number): boolean {
  const [, operator, major, second, patch, wildcard] = CLAUSE.exec(clause) ?? []
  if (operator === undefined) return true
  const theirs = order(Number(major), Number(second ?? 0))
  const ours = order(3, minor)
  switch (operator) {
    case '>=':
    case '>':
      return ours >= theirs
    case '<':
      return ours < theirs || (ours === theirs && Number(patch ?? 0) > 0)
    case '<=':
      return ours <= theirs
    case '==':
      // `==3.*`
      return second === undefined ? Number(major) === 3 : ours === theirs
    case '!=':
      return wildcard === undefined || second === undefined || ours !== theirs
    default:
      // `~=3.8` takes what is newer too, `~=3.8.1` other patch releases.
      return patch === undefined ? Number(major) === 3 && ours >= theirs : ours === theirs
  }
}

function order(major: number, minor: number): number {
  return major * 1000 + minor
}
