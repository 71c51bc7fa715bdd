import type { Runtime } from '../../lambda/runtimes.ts'
import type { Finding } from '../check.ts'
import { code } from '../facts/wording.ts'
import { importable } from './importable.ts'
import type { LayerTree } from './layer-tree.ts'
import { layoutFinding, treeHead } from './layout-finding.ts'

const FOLDER = '/opt/nodejs'

/** What lies in `nodejs/` where Node.js does not look: NODE_PATH has `nodejs/nodeNN/node_modules` and `nodejs/node_modules`. */
export function nodeFolderFindings(tree: LayerTree, runtimes: readonly Runtime[]): readonly Finding[] {
  const nodes = runtimes.filter(({ family }) => family === 'nodejs')
  if (nodes.length === 0 || !tree.isFolder(FOLDER)) return []
  if (has(`${FOLDER}/node_modules`, tree)) return []
  const versions = tree
    .names(FOLDER)
    .filter((name) => /^node\d+$/.test(name) && has(`${FOLDER}/${name}/node_modules`, tree))
  const unserved = nodes.filter((runtime) => !versions.includes(versionFolder(runtime)))
  const [first] = unserved
  if (first === undefined) return []
  return [versions.length > 0 ? otherVersion(versions, unserved, first, tree) : withoutModules(tree)]
}

function has(folder: string, tree: LayerTree): boolean {
  return importable(folder, 'nodejs', tree).length > 0
}

/** `node22` of `nodejs22.x`. */
function versionFolder({ id }: Runtime): string {
  return id.replace(/^nodejs(\d+)\.x$/, 'node$1')
}

function otherVersion(
  versions: readonly string[],
  unserved: readonly Runtime[],
  first: Runtime,
  tree: LayerTree,
): Finding {
  const folder = `${FOLDER}/${versions[0]}/node_modules`
  return layoutFinding({
    level: 'error',
    subject: folder,
    message: `${code(`nodejs/${versions[0]}/node_modules`)} is read by one version of Node.js only, and ${unserved.map(({ id }) => code(id)).join(', ')} ${unserved.length === 1 ? 'finds' : 'find'} nothing`,
    expected: `${code(`nodejs/${versionFolder(first)}/node_modules`)}, or ${code('nodejs/node_modules')} for all versions`,
    actual: versions.map((name) => code(`nodejs/${name}/node_modules`)).join(', '),
    help: `Install with the runtime's Node.js into the folder for all versions.\nnpm ci --prefix nodejs --os=linux --cpu=x64 --libc=glibc`,
    examples: tree.names(folder).map((name) => `${folder}/${name}`),
  })
}

function withoutModules(tree: LayerTree): Finding {
  const inner = tree.names(FOLDER).find((name) => has(`${FOLDER}/${name}/node_modules`, tree))
  const lost = inner === 'nodejs'
  return layoutFinding({
    level: lost ? 'error' : 'warning',
    subject: inner === undefined ? FOLDER : `${FOLDER}/${inner}/node_modules`,
    message:
      inner === undefined
        ? '`nodejs/` has no `node_modules`: what lies in it is found by its whole path only'
        : `${code(`nodejs/${inner}/node_modules`)} is not searched: packages there are found by code in ${code(`nodejs/${inner}`)} only`,
    expected: code('nodejs/node_modules/'),
    actual: treeHead(FOLDER, tree) || 'nothing',
    help: `Install into the folder that is searched; a module of your own is one when it lies in ${code('nodejs/node_modules/<name>')}.\nnpm ci --prefix nodejs`,
    examples: tree.names(FOLDER).map((name) => `${FOLDER}/${name}`),
  })
}
