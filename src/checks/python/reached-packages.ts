import type { ShippedModules } from './shipped-modules.ts'

/** Names of all that a distribution requires, and what that requires in turn, extras and other systems' included. */
export function reachedPackages(all: readonly ShippedModules[]): (from: ShippedModules) => ReadonlySet<string> {
  const requires = new Map(
    all.flatMap(({ distribution }) =>
      distribution === undefined
        ? []
        : [[distribution.name, (distribution.requires ?? []).map(({ name }) => name)] as const],
    ),
  )
  return ({ distribution }) => {
    const found = new Set<string>()
    const queue = distribution === undefined ? [] : [distribution.name]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const name of requires.get(next) ?? []) {
        if (found.has(name)) continue
        found.add(name)
        queue.push(name)
      }
    }
    return found
  }
}
