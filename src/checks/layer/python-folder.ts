import type { Architecture } from '../../lambda/architecture.ts'
import { operatingSystem } from '../../lambda/operating-systems.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import { platformOptions } from '../../lambda/wheel-platforms.ts'
import type { Finding } from '../check.ts'
import { code, shellWord } from '../facts/wording.ts'
import { importable } from './importable.ts'
import type { LayerTree } from './layer-tree.ts'
import { layoutFinding, treeHead } from './layout-finding.ts'

const FOLDER = '/opt/python'

/** What lies in `python/` where Python does not look: PYTHONPATH has `python` and `python/lib/python3.X/site-packages`. */
export function pythonFolderFindings(
  tree: LayerTree,
  runtimes: readonly Runtime[],
  architecture: Architecture,
): readonly Finding[] {
  const pythons = runtimes.filter(({ family }) => family === 'python')
  if (pythons.length === 0 || !tree.isFolder(FOLDER)) return []
  const direct = importable(FOLDER, 'python', tree)
  const versions = tree
    .names(`${FOLDER}/lib`)
    .filter((name) => /^python3\.\d+$/.test(name) && importable(site(name), 'python', tree).length > 0)
  const unserved = pythons.filter(({ id }) => direct.length === 0 && !versions.includes(id))
  const unused = versions.filter((name) => !pythons.some(({ id }) => id === name))
  const platform = tree
    .names(`${FOLDER}/lib64`)
    .flatMap((name) => (/^python3\.\d+$/.test(name) ? [`${FOLDER}/lib64/${name}/site-packages`] : []))
    .find((folder) => onlyThere(folder, tree))
  if (platform !== undefined) return [notSearched(platform, pythons, tree)]
  if (unserved.length > 0 && versions.length > 0) return [otherVersion(versions, unserved, tree, architecture)]
  if (unserved.length > 0) return nothingFound(unserved, tree)
  if (unused.length > 0) return [otherVersion(unused, pythons, tree, architecture, 'warning')]
  return []
}

/** A zip of a virtual environment holds the folder that `lib64` links to twice. */
function onlyThere(folder: string, tree: LayerTree): boolean {
  const found = new Set([
    ...importable(FOLDER, 'python', tree),
    ...importable(folder.replace('/lib64/', '/lib/'), 'python', tree),
  ])
  return importable(folder, 'python', tree).some((name) => !found.has(name))
}

function site(version: string): string {
  return `${FOLDER}/lib/${version}/site-packages`
}

function otherVersion(
  versions: readonly string[],
  runtimes: readonly Runtime[],
  tree: LayerTree,
  architecture: Architecture,
  level: 'error' | 'warning' = 'error',
): Finding {
  const [first = ''] = versions
  const [{ id, os } = { id: 'python3', os: 'al2023' as const }] = runtimes
  const who = runtimes.map((one) => code(one.id)).join(', ')
  const platforms = platformOptions(architecture, { family: 'glibc', version: operatingSystem(os).glibc })
  return layoutFinding({
    level,
    subject: site(first),
    message: `${code(`python/lib/${first}/site-packages`)} is read by ${code(first)} only, and the layer is for ${who}`,
    expected: code(`python/lib/${id}/site-packages`),
    actual: versions.map((version) => code(`python/lib/${version}/site-packages`)).join(', '),
    help: `Install for the runtime's version; moving the folder helps only packages without native code.\npip install --target python/lib/${id}/site-packages --python-version ${id.slice('python'.length)} --only-binary=:all: ${platforms} -r requirements.txt`,
    examples: tree.names(site(first)).map((name) => `${site(first)}/${name}`),
  })
}

/** Packages in a folder below `python/` that Python does not search; without any, what there is instead. */
function nothingFound(runtimes: readonly Runtime[], tree: LayerTree): readonly Finding[] {
  const paths = tree.below(FOLDER)
  const folder = paths
    .filter((path) => /\/(?:site|dist)-packages$/.test(path) || /^\/opt\/python\/python$/.test(path))
    .find((path) => importable(path, 'python', tree).length > 0)
  if (folder !== undefined) return [notSearched(folder, runtimes, tree)]
  if (paths.some((path) => /\.(?:py|pyc|so)$/.test(path))) return []
  return [
    layoutFinding({
      level: 'warning',
      subject: FOLDER,
      message: '`python/` holds no Python code',
      expected: 'modules and packages in `python/`',
      actual: treeHead(FOLDER, tree) || 'nothing',
      help: 'Did the installation fail? Install into the folder.\npip install --target layer/python -r requirements.txt',
      examples: tree.names(FOLDER).map((name) => `${FOLDER}/${name}`),
    }),
  ]
}

function notSearched(folder: string, runtimes: readonly Runtime[], tree: LayerTree): Finding {
  const below = folder.slice('/opt/'.length)
  return layoutFinding({
    level: 'error',
    subject: folder,
    message: `${code(below)} is not searched by ${runtimes.map(({ id }) => code(id)).join(', ')}: what lies there cannot be imported`,
    expected: '`python/` or `python/lib/python3.X/site-packages/`',
    actual: code(`${below}/`),
    help: `Move the packages up and pack again.\nmv ${shellWord(below)}/* python/`,
    examples: tree.names(folder).map((name) => `${folder}/${name}`),
  })
}
