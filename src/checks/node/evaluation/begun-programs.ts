import type { Failure } from '../module-outcome.ts'
import type { NodeTree } from '../node-tree.ts'
import { canStart } from '../started-program.ts'
import type { LoadFailures } from './load-failures.ts'
import type { Child } from './script-host.ts'

/** Programs of packages that scripts start while they load, as far as these cannot be started. */
export class BegunPrograms {
  private readonly children: (Child & { readonly failure: Failure })[] = []
  private readonly tree: NodeTree
  private readonly failed: LoadFailures

  constructor(tree: NodeTree, failed: LoadFailures) {
    this.tree = tree
    this.failed = failed
  }

  /** A package's own program that nobody can start; of others nothing is known. */
  isUnfit(path: string): boolean {
    return path.includes('/node_modules/') && !canStart(this.tree, path)
  }

  begin(path: string): Child {
    const child = { hasListener: false, failure: this.failed.programFailure(path) }
    this.children.push(child)
    return child
  }

  /** What ends the process once everything is loaded. */
  get unheard(): Failure | undefined {
    return this.children.find(({ hasListener }) => !hasListener)?.failure
  }
}
