import { coerce, lt } from 'semver'

/** Whether `version` (`28.5.2+dfsg3`, `1.46`) comes before `minimum`; a development build without numbers never does. */
export function isOlder(version: string, minimum: string): boolean {
  const found = /^v?\d/.test(version) ? coerce(version) : null
  const wanted = coerce(minimum)
  return found !== null && wanted !== null && lt(found, wanted)
}
