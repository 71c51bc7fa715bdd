/** How many of many things a finding names. */
export const MAX_EXAMPLES = 5

/** `count` and `examples` of a finding about these paths, sorted so that two runs say the same. */
export function examplesOf(paths: readonly string[]): { readonly count: number; readonly examples: readonly string[] } {
  return { count: paths.length, examples: [...paths].sort().slice(0, MAX_EXAMPLES) }
}

/** The deepest folder that holds all of them; of one path the path itself. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '/', ...others] = paths
  if (others.length === 0) return first
  let parts = first.split('/').slice(0, -1)
  for (const other of others) {
    const its = other.split('/')
    const end = parts.findIndex((part, index) => part !== its[index])
    if (end !== -1) parts = parts.slice(0, end)
  }
  return parts.join('/') || '/'
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

/** The first item of each key, in order. */
export function firstOfEach<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...groupBy(items, key).values()].flatMap((same) => same.slice(0, 1))
}
