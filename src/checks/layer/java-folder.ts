import type { Runtime } from '../../lambda/runtimes.ts'
import type { Finding } from '../check.ts'
import { counted } from '../facts/wording.ts'
import { importable } from './importable.ts'
import type { LayerTree } from './layer-tree.ts'
import { layoutFinding, treeHead } from './layout-finding.ts'

const FOLDER = '/opt/java'

/** Jars in `java/` that are not on the class path, which has those directly in `java/lib`. */
export function javaFolderFindings(tree: LayerTree, runtimes: readonly Runtime[]): readonly Finding[] {
  if (!runtimes.some(({ family }) => family === 'java')) return []
  if (!tree.isFolder(FOLDER)) return jarsInLib(tree)
  const found = importable(`${FOLDER}/lib`, 'java', tree)
  const lost = tree.below(FOLDER).filter((path) => path.endsWith('.jar') && !/^\/opt\/java\/lib\/[^/]+$/.test(path))
  const [first] = lost
  // An agent is named by its path.
  if (first === undefined || (found.length > 0 && lost.every((path) => /agent/i.test(path)))) return []
  return [
    layoutFinding({
      level: found.length > 0 ? 'warning' : 'error',
      subject: first,
      message: `${counted(lost.length, 'jar')} in \`java/\` ${lost.length === 1 ? 'is' : 'are'} not on the class path, which has jars directly in \`java/lib\` only`,
      expected: `\`java/lib/${first.slice(first.lastIndexOf('/') + 1)}\``,
      actual: treeHead(FOLDER, tree),
      help: 'Move the jars and pack again.\nmkdir -p java/lib && find java -name "*.jar" -not -path "java/lib/*" -exec mv {} java/lib/ +',
      examples: lost,
    }),
  ]
}

/** `lib/` is where native libraries are looked for. */
function jarsInLib(tree: LayerTree): readonly Finding[] {
  const jars = importable('/opt/lib', 'java', tree).filter((name) => !/agent/i.test(name))
  const [first] = jars
  if (first === undefined) return []
  return [
    layoutFinding({
      level: 'error',
      subject: `/opt/lib/${first}`,
      message: `${counted(jars.length, 'jar')} in \`lib/\` ${jars.length === 1 ? 'is' : 'are'} not on the class path, which has jars directly in \`java/lib\` only`,
      expected: `\`java/lib/${first}\``,
      actual: treeHead('/opt/lib', tree),
      help: 'Move the jars and pack again.\nmkdir -p java/lib && mv lib/*.jar java/lib/',
      examples: jars.map((name) => `/opt/lib/${name}`),
    }),
  ]
}
