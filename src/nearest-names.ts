import { distance } from 'fastest-levenshtein'

/** Names that a mistyped or shortened one may have meant: at most `limit`, nearest first, none when nothing is near. */
export function nearestNames(name: string, known: readonly string[], limit = 3): readonly string[] {
  const wanted = name.toLowerCase()
  // A third of the word wrong is still a typing error; more is another word.
  const reach = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, away: away(wanted, candidate.toLowerCase()) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

/** `elf-arch` and `python` are beginnings, not typing errors. */
function away(wanted: string, candidate: string): number {
  return wanted.length >= 3 && candidate.startsWith(wanted) ? 0 : distance(wanted, candidate)
}
