import { keyMarker, markerLength, type Section } from './comment-body.ts'
import { shortenSection } from './shorten-section.ts'

/** Characters of a comment's body; GitHub refuses more than 65,536 (422). */
export const COMMENT_CHARACTERS = 65_000

/** A section whose text is made for the room there is. */
export type OwnSection = Omit<Section, 'text'> & { readonly render: (budget: number) => string }

/**
 * The sections of one comment within GitHub's limit: who needs less than an equal share leaves the rest to the others.
 * `own`, when given, is rendered for its share; sections of other jobs are shortened to theirs. Pure.
 */
export function shareRoom(key: string, others: readonly Section[], own?: OwnSection): Section[] {
  const room = (marked: readonly Section[]) =>
    COMMENT_CHARACTERS - keyMarker(key).length - marked.reduce((sum, one) => sum + markerLength(one), 0)
  if (own === undefined) return shortened(others, room(others))
  const { render, ...head } = own
  const free = room([...others, { ...head, text: '' }])
  const whole = { ...head, text: render(free) }
  const share = fairShare(
    [...others, whole].map(({ text }) => text.length),
    free,
  )
  const mine = whole.text.length <= share ? whole : { ...head, text: render(share) }
  return [...shortened(others, free - mine.text.length), mine]
}

function shortened(sections: readonly Section[], free: number): Section[] {
  const share = fairShare(
    sections.map(({ text }) => text.length),
    free,
  )
  return sections.map((section) => ({ ...section, text: shortenSection(section.text, share) }))
}

/** The largest `share` for which the lengths, each cut to it, fit into `free` characters. */
export function fairShare(lengths: readonly number[], free: number): number {
  let left = free
  const sorted = lengths.toSorted((one, other) => one - other)
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index))
    if (length > share) return Math.max(share, 0)
    left -= length
  }
  return free
}
