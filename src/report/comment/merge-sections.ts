import type { Section } from './comment-body.ts'

/**
 * One section per subject, the latest of each; of two equally late ones the first given. A join: merging what was read in
 * any order, and again, comes to the same sections, so that jobs that write at the same moment agree. Pure.
 */
export function mergeSections(sections: readonly Section[]): Section[] {
  const latest = new Map<string, Section>()
  for (const section of sections) {
    const known = latest.get(section.subject)
    if (known === undefined || section.at > known.at) latest.set(section.subject, section)
  }
  return [...latest.values()]
}
