/**
 * What a Python distribution is imported by: the first parts of its names, or, where it shares those with others (`google`,
 * which has no module of its own), the packages that are its own (`google.cloud.storage`).
 */
export function topModules(distribution: {
  readonly topLevel?: readonly string[]
  readonly record?: { readonly modules: readonly string[] }
}): readonly string[] {
  const modules = distribution.record?.modules ?? distribution.topLevel ?? []
  const tops = [...new Set(modules.map((module) => module.split('.', 1)[0] ?? module))]
  return tops.flatMap((top) => (modules.includes(top) ? [top] : ownOf(top, modules)))
}

/** Of generated code (googleapis-common-protos) the first modules tell. */
const MOST = 4

function ownOf(top: string, modules: readonly string[]): readonly string[] {
  const open = modules.filter((module) => module.startsWith(`${top}.`) && !module.includes('._')).sort()
  const own = open.filter((module) => !open.some((other) => module.startsWith(`${other}.`)))
  return own.length === 0 ? [top] : own.slice(0, MOST)
}
