import type { LifecycleRule } from './lifecycle-rules.ts'

/**
 * The rule that decides about an image with these tags: an image that matches the tags of a rule is never expired by one of
 * lower priority (ECR user guide, "How lifecycle policies work"). `rules` in the order of their priority.
 */
export function ruleOfImage(rules: readonly LifecycleRule[], tags: readonly string[]): LifecycleRule | undefined {
  return rules.find(({ selection }) => !isOfArchive(selection) && selects(selection, tags))
}

/** Rules about archived images say nothing about one that was just pushed. */
function isOfArchive({ storageClass = 'standard' }: LifecycleRule['selection']): boolean {
  return storageClass !== 'standard'
}

/** An image must have a tag for every entry of a list, not for one of them. */
function selects({ tagStatus, tagPrefixList, tagPatternList }: LifecycleRule['selection'], tags: readonly string[]) {
  switch (tagStatus) {
    case 'any':
      return true
    case 'untagged':
      return tags.length === 0
    case 'tagged':
      return (
        tags.length > 0 &&
        (tagPrefixList ?? []).every((prefix) => tags.some((tag) => tag.startsWith(prefix))) &&
        (tagPatternList ?? []).every((pattern) => tags.some((tag) => matches(pattern, tag)))
      )
    default:
      return false
  }
}

/** The only wildcard of a pattern is `*`. */
function matches(pattern: string, tag: string): boolean {
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*')
  return new RegExp(`^${source}$`).test(tag)
}
