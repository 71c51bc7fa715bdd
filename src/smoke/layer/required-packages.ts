import { posix } from 'node:path'
import { importable } from '../../checks/layer/importable.ts'
import type { LayerTree } from '../../checks/layer/layer-tree.ts'
import { neverHadEntry } from '../../checks/node/lost-entry.ts'
import { exportTarget } from '../../checks/node/resolve-module.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { NodePackage } from '../../inspect/node/node-file.ts'

/** Names of the packages in a layer that somebody can require, variants for one platform and declarations of types apart. */
export function requiredPackages(id: string, { facts }: Evidence, tree: LayerTree): readonly string[] {
  const packages = new Map(facts.node.flatMap((file) => (file.kind === 'package' ? [[file.path, file] as const] : [])))
  return [`/opt/nodejs/${id.replace(/^nodejs(\d+)\.x$/, 'node$1')}/node_modules`, '/opt/nodejs/node_modules'].flatMap(
    (folder) =>
      importable(folder, 'nodejs', tree)
        .flatMap((name) =>
          name.startsWith('@') ? tree.names(`${folder}/${name}`).map((inner) => `${name}/${inner}`) : [name],
        )
        .filter((name) => isRequired(`${folder}/${name}`, packages.get(`${folder}/${name}/package.json`), tree)),
  )
}

function isRequired(folder: string, one: NodePackage | undefined, tree: LayerTree): boolean {
  const files = tree.names(folder)
  const hasIndex = files.some((name) => /^index\.(?:js|cjs|mjs|json|node)$/.test(name))
  if (one === undefined) return hasIndex
  if (one.typesOnly || one.name.startsWith('@types/')) return false
  if (one.os !== undefined || one.cpu !== undefined || one.libc !== undefined) return false
  if (isForItsCommands(folder, one, tree)) return false
  return one.exports === undefined ? one.main !== undefined || hasIndex : hasRoot(one.exports)
}

/** What its package.json names for `require` was never published (prisma's `build/types.js`), so that it fails wherever it is installed. */
function isForItsCommands(folder: string, one: NodePackage, tree: LayerTree): boolean {
  const files = {
    fileAt: (path: string) => (tree.entry(path) === undefined || tree.isFolder(path) ? undefined : path),
    isFolder: tree.isFolder,
  }
  const targets = (['require', 'import'] as const).flatMap((way) => exportTarget(one.exports, '.', way) ?? [])
  return (
    targets.length > 0 &&
    targets.every(
      (target) => files.fileAt(posix.join(folder, target)) === undefined && neverHadEntry(files, folder, one, target),
    )
  )
}

/** Parts only, as `./package.json`: the package itself cannot be asked for, whatever files it has (Node.js, "Package entry points"). */
function hasRoot(exports: unknown): boolean {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) return exports !== null
  const keys = Object.keys(exports)
  return keys.includes('.') || (keys.length > 0 && !keys.some((key) => key.startsWith('.')))
}
