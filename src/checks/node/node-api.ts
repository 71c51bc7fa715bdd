import { satisfies } from 'semver'
import type { ElfFile } from '../../inspect/evidence.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** Newest version of Node-API by release (nodejs.org/api/n-api.html, "Node-API version matrix", 2026-11). */
const VERSIONS: readonly (readonly [nodeApi: number, releases: string])[] = [
  [10, '>=22.14.0 <23 || >=23.6.0 <25'],
  [9, '>=18.17.0 <19 || >=20.3.0 <25'],
  [8, '>=12.22.0 <13 || >=14.17.0 <15 || >=15.12.0 <20.3.0'],
]

/** What code that is still being tried out states instead: any Node.js takes it. */
const EXPERIMENTAL = 0x7fffffff

/** Newest Node-API of the view's Node.js; `undefined` where nobody knows, as of releases after those of the matrix. */
function nodeApiOf({ tools, runtime }: RuntimeView): number | undefined {
  const { node } = tools
  return node === undefined ? runtime?.nodeApi : VERSIONS.find(([, releases]) => satisfies(node, releases))?.[0]
}

/** The Node-API that an addon states where the view's Node.js does not have it, and the newest that it has. */
export function newerNodeApi(
  { nodeApiVersion: built }: ElfFile,
  view: RuntimeView,
): { readonly built: number; readonly wanted: number } | undefined {
  const wanted = nodeApiOf(view)
  if (built === undefined || built === EXPERIMENTAL || wanted === undefined || built <= wanted) return undefined
  return { built, wanted }
}
