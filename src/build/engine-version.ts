/** The leading numbers of a version: `28.5.2+dfsg3` is [28, 5, 2]; `undefined` for development builds without any. */
export function versionNumbers(version: string): readonly number[] | undefined {
  const [numbers] = /^\d+(\.\d+)*/.exec(version.replace(/^v/, '')) ?? []
  return numbers?.split('.').map(Number)
}

/** Whether `version` comes before `minimum`; one that carries no numbers never does. */
export function isOlder(version: string, minimum: string): boolean {
  const found = versionNumbers(version)
  const wanted = versionNumbers(minimum)
  if (found === undefined || wanted === undefined) return false
  const differing = wanted.findIndex((number, index) => (found[index] ?? 0) !== number)
  return differing >= 0 && (found[differing] ?? 0) < (wanted[differing] ?? 0)
}
