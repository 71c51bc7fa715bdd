import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'
import { nameFit } from './platform-name.ts'
import { moduleFolders } from './resolve-module.ts'

/** What a package that looks for a compiled addon finds, and where it looked. */
export type Search = { readonly found?: string; readonly looked: readonly string[] }

/** `bindings` 1.5: the folders of every build tool, below the package that asks. */
export function searchBindings(tree: NodeTree, folder: string, name: string): Search {
  const file = name.endsWith('.node') ? name : `${name}.node`
  const abi = `node-v${tree.abi}-linux-${tree.cpu}`
  const folders = [
    'build',
    'build/Debug',
    'build/Release',
    'out/Debug',
    'Debug',
    'out/Release',
    'Release',
    'build/default',
    `compiled/${tree.view.tools.node ?? ''}/linux/${tree.cpu}`,
    'addon-build/release/install-root',
    'addon-build/debug/install-root',
    'addon-build/default/install-root',
    `lib/binding/${abi}`,
  ]
  const paths = folders.map((one) => posix.join(folder, one, file))
  const found = paths.map((path) => tree.fileAt(path)).find((path) => path !== undefined)
  return { ...(found && { found }), looked: [posix.join(folder, 'build/Release', file)] }
}

type Tags = {
  readonly file: string
  runtime?: string
  napi?: true
  abi?: string
  uv?: string
  armv?: string
  libc?: string
  specificity: number
}

/** `node-gyp-build`: own build first, then `prebuilds/<platform>-<arch>` by the tags in the file names; 3 knows `linuxglibc-x64`. */
export function searchGypBuild(tree: NodeTree, folder: string): Search {
  const build = ['build/Release', 'build/Debug'].map((one) => posix.join(folder, one))
  for (const one of build) {
    const name = [...tree.namesIn(one)].sort().find((file) => file.endsWith('.node'))
    const found = name === undefined ? undefined : tree.fileAt(posix.join(one, name))
    if (found !== undefined) return { found, looked: [] }
  }
  const apart = platformPackage(tree, folder)
  const looked = [apart?.name ?? posix.join(folder, `prebuilds/linux-${tree.cpu}`)]
  if (apart?.folder !== undefined) {
    const found = best(tree, apart.folder)
    if (found !== undefined) return { found, looked }
  }
  const tuple = tree
    .namesIn(posix.join(folder, 'prebuilds'))
    .filter((name) => /^linux(?:-|$)/.test(name.replace(`linux${tree.libc}-`, 'linux-')))
    .filter((name) =>
      name
        .slice(name.indexOf('-') + 1)
        .split('+')
        .includes(tree.cpu),
    )
    .sort((a, b) => a.split('+').length - b.split('+').length)[0]
  const found = tuple === undefined ? undefined : best(tree, posix.join(folder, 'prebuilds', tuple))
  return { ...(found && { found }), looked }
}

/** The file of a folder whose tags fit best. */
function best(tree: NodeTree, folder: string): string | undefined {
  const [winner] = tree
    .namesIn(folder)
    .flatMap((file) => parseTags(file))
    .filter((tags) => matches(tags, tree))
    .sort(compare)
  return winner === undefined ? undefined : tree.fileAt(posix.join(folder, winner.file))
}

/** `node-gyp-build-optional-packages`: `@lmdb/lmdb-linux-x64` beside `lmdb`. */
function platformPackage(
  tree: NodeTree,
  folder: string,
): { readonly name: string; readonly folder?: string } | undefined {
  const own = tree.packageAt(tree.view.tree.resolve(folder)?.path ?? folder)
  if (own === undefined) return undefined
  const name = `${own.name.startsWith('@') ? '' : `@${own.name}/`}${own.name}-linux-${tree.cpu}`
  if (!own.optionalDependencies?.includes(name)) return undefined
  const found = moduleFolders(tree, posix.join(folder, 'package.json'), 'require')
    .map((modules) => posix.join(modules, name))
    .find((one) => tree.isFolder(one))
  return { name, ...(found && { folder: found }) }
}

function parseTags(file: string): Tags[] {
  const parts = file.split('.')
  if (parts.pop() !== 'node') return []
  const tags: Tags = { file, specificity: 0 }
  // Of node-gyp-build 3: `node-napi`, `node-115`.
  const tagged = parts.flatMap((part) =>
    part.replace(/^(node|electron)-(\d+)$/, '$1-abi$2').split(/(?<=^node|^electron)-/),
  )
  for (const tag of tagged) {
    if (tag === 'node' || tag === 'electron' || tag === 'node-webkit') tags.runtime = tag
    else if (tag === 'napi') tags.napi = true
    else if (tag.startsWith('abi')) tags.abi = tag.slice(3)
    else if (tag.startsWith('uv')) tags.uv = tag.slice(2)
    else if (tag.startsWith('armv')) tags.armv = tag.slice(4)
    else if (tag === 'glibc' || tag === 'musl') tags.libc = tag
    else continue
    tags.specificity++
  }
  return [tags]
}

function matches({ runtime, napi, abi, uv, armv, libc }: Tags, tree: NodeTree): boolean {
  if (runtime !== undefined && runtime !== 'node' && !(runtime === undefined && napi)) return false
  if (abi !== undefined && tree.abi !== undefined && abi !== String(tree.abi) && napi !== true) return false
  if (uv !== undefined && uv !== '1') return false
  if (armv !== undefined && armv !== '8') return false
  return libc === undefined || libc === tree.libc
}

function compare(a: Tags, b: Tags): number {
  if (a.runtime !== b.runtime) return a.runtime === 'node' ? -1 : 1
  if (a.abi !== b.abi) return a.abi === undefined ? 1 : -1
  return b.specificity - a.specificity
}

// Of Node.js 18 and 20: what every runtime has.
const LEAST_NODE_API = 9

/** `node-pre-gyp`: the path that package.json's `binary` makes up. */
export function searchPreGyp(tree: NodeTree, folder: string, own: NodePackage | undefined): Search {
  const { moduleName = '', modulePath = 'lib/binding', napiVersions } = own?.binary ?? {}
  const nodeApi = tree.view.runtime?.nodeApi ?? LEAST_NODE_API
  const napi = napiVersions?.filter((version) => version <= nodeApi).sort((a, b) => b - a)[0]
  const [major = '', minor = '', patch = ''] = (own?.version ?? '').split(/[.+-]/)
  const values: Readonly<Record<string, string>> = {
    name: own?.name.replace(/^@[^/]+\//, '') ?? '',
    version: own?.version ?? '',
    major,
    minor,
    patch,
    configuration: 'Release',
    module_name: moduleName,
    node_abi: `node-v${tree.abi}`,
    node_napi_label: napi === undefined ? `node-v${tree.abi}` : `napi-v${napi}`,
    napi_version: String(nodeApi),
    napi_build_version: napi === undefined ? '' : String(napi),
    platform: 'linux',
    arch: tree.cpu,
    target_arch: tree.cpu,
    libc: tree.libc,
    toolset: '',
  }
  const path = posix.join(
    folder,
    modulePath.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? ''),
    `${moduleName}.node`,
  )
  const found = tree.fileAt(path)
  return { ...(found && { found }), looked: [path] }
}

/** `pkg-prebuilds`: `prebuilds/<name>-<platform>-<arch>/node-napi-v*.node`, else an own build. */
export function searchPkgPrebuilds(tree: NodeTree, folder: string): Search {
  const base = posix.join(folder, 'prebuilds')
  for (const name of [...tree.namesIn(base)].sort()) {
    if (nameFit(name, tree) !== 'here' || !name.includes(`-linux-${tree.cpu}`)) continue
    const file = tree.namesIn(posix.join(base, name)).find((one) => /^node-napi.*\.node$/.test(one))
    const found = file === undefined ? undefined : tree.fileAt(posix.join(base, name, file))
    if (found !== undefined) return { found, looked: [] }
  }
  const build = searchGypBuild(tree, folder)
  return { ...(build.found && { found: build.found }), looked: [posix.join(base, `*-linux-${tree.cpu}`)] }
}

/** `require-addon`: `prebuilds/<platform>-<arch>/<name>[@<version>].node` of the package's folder, then of every one above. */
export function searchRequireAddon(tree: NodeTree, specifier: string, from: string): Search {
  const start = posix.resolve(posix.dirname(from), specifier)
  const looked: string[] = []
  for (let folder = start; ; folder = posix.dirname(folder)) {
    const own = tree.packageAt(tree.view.tree.resolve(start)?.path ?? start)
    const name = own?.name.replace(/\//g, '+') ?? posix.basename(start)
    for (const file of [`${name}@${own?.version}`, name]) {
      for (const ending of ['node', 'bare']) {
        const path = posix.join(folder, `prebuilds/linux-${tree.cpu}`, `${file}.${ending}`)
        const found = tree.fileAt(path)
        if (found !== undefined) return { found, looked: [path] }
        if (ending === 'node' && folder === start) looked.push(path)
      }
    }
    if (folder === '/') return { looked }
  }
}
