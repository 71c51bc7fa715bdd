import { posix } from 'node:path'
import type { Finding, Subject } from '../check.ts'
import { breaking, loadCase } from '../facts/load-case.ts'
import { owners } from '../facts/owners.ts'
import { code } from '../facts/wording.ts'
import type { RootFailure } from './node-failures.ts'
import type { NodeRoot } from './node-roots.ts'

/** The npm package that a script or a native file belongs to, for findings: one finding per package. */
export type Package = { readonly name: string; readonly purl?: string; readonly folder: string }

export function packageOf(path: string, { artifact }: Subject): Package {
  const owner = owners(artifact)(path)
  // A package that lost its package.json is not known by it: what is found then is who has it in its node_modules.
  const isIts = owner !== undefined && !path.slice(owner.folder.length).includes('/node_modules/')
  if (isIts && owner.name !== '' && owner.purl.startsWith('pkg:npm/'))
    return { name: owner.name, purl: owner.purl, folder: owner.folder }
  const [folder = posix.dirname(path), name = posix.basename(posix.dirname(path))] =
    /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  return { name, folder }
}

/** What fails of those that fail with the package: loading it, or whatever is first called of it. */
export function fails(failures: readonly RootFailure[], name: string): string {
  const roots = failures.map(({ root }) => root)
  const what = failures.every(({ inCommand }) => inCommand === true)
    ? 'its command cannot be started'
    : failures.every(({ inUse }) => inUse === true)
      ? 'it can be loaded, and its first use fails'
      : `${required(roots, name)} fails`
  return `${what}${neededBy(roots, name)}`
}

/** What cannot be loaded for it: nothing, where only a use or a command fails. */
export function breaks(failures: readonly RootFailure[]): Pick<Finding, 'breaks'> {
  return breaking(
    failures.map(({ root, inUse, inCommand }) => (inUse || inCommand ? undefined : loadCase('require', root.name))),
  )
}

/** A part of the package may fail while the rest of it can be loaded. */
function required(roots: readonly NodeRoot[], name: string): string {
  const part = roots.find((root) => root.name.startsWith(`${name}/`))
  return part === undefined || roots.some((root) => root.name === name)
    ? '`require`'
    : `\`require\` of ${code(part.name)}`
}

/** `; `a` and `b` need it` of those that fail with the package, itself left out. */
function neededBy(roots: readonly NodeRoot[], name: string): string {
  const names = [...new Set(roots.map((root) => root.name))].filter(
    (one) => one !== name && !one.startsWith(`${name}/`),
  )
  if (names.length === 0) return ''
  const shown = names.slice(0, 3).map(code).join(', ')
  return `; ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''} ${names.length === 1 ? 'fails' : 'fail'} with it`
}
