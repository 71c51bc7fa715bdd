/**
 * The highest numbered version of a family: `GLIBC` of [`GLIBC_2.2.5`, `GLIBC_2.34`, `GLIBC_PRIVATE`] is `2.34`.
 * For display only: what a library offers is the set of its versions, not everything up to the highest.
 */
export function highestVersion(family: string, versions: readonly string[]): string | undefined {
  const prefix = `${family}_`
  return versions
    .filter((version) => version.startsWith(prefix) && /^\d+(\.\d+)*$/.test(version.slice(prefix.length)))
    .map((version) => version.slice(prefix.length))
    .reduce<string | undefined>(
      (best, version) => (best === undefined || isHigher(version, best) ? version : best),
      undefined,
    )
}

function isHigher(version: string, than: string): boolean {
  const left = version.split('.').map(Number)
  const right = than.split('.').map(Number)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
