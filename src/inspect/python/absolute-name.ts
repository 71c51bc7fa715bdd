/** `..a` in the package `parent` that relative names begin at; `undefined`: beyond the top. */
export function absoluteName(parent: string, from: string): string | undefined {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0
  if (dots === 0) return from
  const parts = parent.split('.')
  if (dots - 1 >= parts.length) return undefined
  return [...parts.slice(0, parts.length - (dots - 1)), ...(from.length > dots ? [from.slice(dots)] : [])].join('.')
}
