import { dirname, isAbsolute, join } from 'node:path'

/** A path that a template states, as seen from the working directory: what is not absolute is relative to the template. */
export function templatePath(template: string, stated: string): string {
  if (isAbsolute(stated) || /^[a-z][a-z0-9+.-]*:\/\//i.test(stated)) return stated
  const path = join(dirname(template), stated)
  const bare = path.length > 1 ? path.replace(/\/+$/, '') : path
  // No path of a template may be taken for an option of the command that gets it.
  return bare.startsWith('-') ? `./${bare}` : bare
}
