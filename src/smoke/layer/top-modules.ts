/** What a Python distribution can be imported by, the first parts of its names. */
export function topModules(distribution: {
  readonly topLevel?: readonly string[]
  readonly record?: { readonly modules: readonly string[] }
}): readonly string[] {
  const modules = distribution.record?.modules ?? distribution.topLevel ?? []
  return [...new Set(modules.map((module) => module.split('.')[0] ?? module))]
}
