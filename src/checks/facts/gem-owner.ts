import type { Owner } from './owners.ts'

// RubyGems' own layout: `gems/<name>-<version>[-<platform>]/…`, `extensions/<platform>/<api>/<name>-<version>/…`.
const GEM = /^(.*\/(?:gems|extensions\/[^/]+\/[^/]+)\/([A-Za-z][\w.-]*?)-(\d[\w.]*)(?:-[a-z][\w.-]*)?)\//

/** The gem that a path lies in, by the folder that RubyGems unpacked it to. */
export function gemOwner(path: string): { readonly owner: Owner; readonly depth: number } | undefined {
  const [, folder, name, version] = GEM.exec(path) ?? []
  if (folder === undefined || name === undefined || version === undefined) return undefined
  return { owner: { purl: `pkg:gem/${name}`, name, version, folder }, depth: folder.length }
}
