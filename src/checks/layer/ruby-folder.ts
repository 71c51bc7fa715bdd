import type { Runtime } from '../../lambda/runtimes.ts'
import type { Finding } from '../check.ts'
import { code, shellWord } from '../facts/wording.ts'
import { importable } from './importable.ts'
import type { LayerTree } from './layer-tree.ts'
import { layoutFinding, treeHead } from './layout-finding.ts'

const FOLDER = '/opt/ruby'

/**
 * Gems in `ruby/` that GEM_PATH (`ruby/gems/X.Y.0`) does not name, mostly the tree of `bundle install --path` one folder
 * too high. Gems of another Ruby are ruby-layout's subject.
 */
export function rubyFolderFindings(tree: LayerTree, runtimes: readonly Runtime[]): readonly Finding[] {
  const ruby = runtimes.find(({ family }) => family === 'ruby')
  if (ruby?.rubyApi === undefined || !tree.isFolder(FOLDER)) return []
  const names = tree.names(FOLDER)
  const homes = tree.names(`${FOLDER}/gems`).filter((name) => isHome(`${FOLDER}/gems/${name}`, tree))
  if (homes.length > 0 || names.includes('lib')) return []
  return misplacedGems(FOLDER, tree, ruby)
}

/** The first folder of gems in `root`, which is not where this Ruby looks. */
export function misplacedGems(root: string, tree: LayerTree, ruby: Runtime): readonly Finding[] {
  const lost = [root, ...tree.below(root)].find((path) => path !== `${FOLDER}/gems` && isHome(path, tree))
  if (lost === undefined || lost === '/opt') return []
  const below = lost.slice('/opt/'.length)
  const wanted = `ruby/gems/${ruby.rubyApi}`
  return [
    layoutFinding({
      level: 'error',
      subject: lost,
      message: `The gems in ${code(`${below}/`)} are not found: ${code(ruby.id)} looks in ${code(`${wanted}/`)}`,
      expected: code(`${wanted}/`),
      actual: `${code(`${below}/`)} with ${treeHead(lost, tree)}`,
      help: `Move the folder and pack again.\nmkdir -p ruby/gems && mv ${shellWord(below)} ${wanted}`,
      examples: tree.names(lost).map((name) => `${lost}/${name}`),
    }),
  ]
}

function isHome(folder: string, tree: LayerTree): boolean {
  return importable(folder, 'ruby', tree).length > 0
}
