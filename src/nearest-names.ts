import { distance } from 'fastest-levenshtein'

/** Names that a mistyped one may have meant: at most `limit`, nearest first, none when nothing is near. */
export function nearestNames(name: string, known: readonly string[], limit = 3): readonly string[] {
  const wanted = name.toLowerCase()
  // A third of the word wrong is still a typing error; more is another word.
  const reach = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
