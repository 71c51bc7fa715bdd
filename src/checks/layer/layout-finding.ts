import type { Finding, Level } from '../check.ts'
import { MAX_EXAMPLES } from '../facts/examples.ts'
import type { LayerTree } from './layer-tree.ts'

export type Misplaced = {
  readonly level: Exclude<Level, 'note'>
  /** Folder or file that no runtime looks at. */
  readonly subject: string
  readonly message: string
  readonly expected: string
  readonly actual: string
  /** A sentence, a line break, commands to paste. */
  readonly help: string
  readonly examples: readonly string[]
}

/** Search paths are documented, and of managed runtimes; what functions set on their own is not known. */
export function layoutFinding({ examples, ...finding }: Misplaced): Finding {
  return {
    rule: 'layer-layout',
    confidence: 'table',
    count: Math.max(1, examples.length),
    examples: examples.slice(0, MAX_EXAMPLES),
    ...finding,
  }
}

/** The first names of a folder as a reader sees them: `numpy/, numpy-2.1.0.dist-info/ and 3 more`. */
export function treeHead(folder: string, tree: LayerTree, shown = 4): string {
  const names = tree.names(folder).map((name) => `\`${name}${tree.isFolder(`${folder}/${name}`) ? '/' : ''}\``)
  const more = names.length > shown ? ` and ${names.length - shown} more` : ''
  return `${names.slice(0, shown).join(', ')}${more}`
}
