import { satisfies, valid, validRange } from '@renovatebot/pep440'

/** True when a version is none that specifiers take (`!=1.8,<2.0.0,>=1.6.2`). */
export function refusesVersion(specifiers: string, version: string): boolean {
  return valid(version) !== null && !takesVersion(specifiers, version)
}

/** False when Python 3.`minor` is none that `Requires-Python` takes; which patch release the runtime has is not asked. */
export function takesPython(specifiers: string, minor: number): boolean {
  const [, least] = AT_LEAST.exec(specifiers) ?? []
  if (least !== undefined) return minor >= Number(least)
  return Array.from({ length: PATCH_RELEASES }, (_, patch) => `3.${minor}.${patch}`).some((one) =>
    takesVersion(specifiers, one),
  )
}

/** What most packages say. */
const AT_LEAST = /^\s*>=\s*3\.(\d+)\s*$/

/** More than any Python has had. */
const PATCH_RELEASES = 40

/** Of clauses that cannot be read (`>=3.6.*`, as older packages have) nothing is certain. */
function takesVersion(specifiers: string, version: string): boolean {
  const readable = specifiers.split(',').filter((clause) => clause.trim() !== '' && validRange(clause))
  return readable.length === 0 || satisfies(version, readable.join(','), { prereleases: true })
}
