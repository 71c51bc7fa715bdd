import type { SystemPackage } from './system-package.ts'

/** Packages of Alpine's installed database: one-letter fields, one paragraph per package (apk-tools, apk-package(5)). */
export function apkInstalled(text: string): readonly SystemPackage[] {
  return text.split('\n\n').flatMap((paragraph) => {
    const fields = new Map<string, string>()
    for (const line of paragraph.split('\n')) {
      // What follows the first folder is about files, and has an `A` and a `V` of nobody.
      if (line.startsWith('F:')) break
      if (line[1] === ':') fields.set(line.slice(0, 1), line.slice(2))
    }
    const name = fields.get('P')
    const version = fields.get('V')
    const architecture = fields.get('A')
    if (name === undefined || version === undefined) return []
    return [{ name, version, ...(architecture === undefined ? {} : { architecture }) }]
  })
}
