import type { ScriptLoad } from '../../../inspect/node/node-file.ts'
import { cutOffBy } from '../../../loader/cut-off.ts'
import type { AddonOutcome } from '../addon.ts'
import type { Failure } from '../module-outcome.ts'
import { isDeclared, isNativeLack } from '../native-lack.ts'
import type { NodeTree } from '../node-tree.ts'
import type { Engine } from './engine.ts'
import { Thrown } from './values.ts'

/** What could not be loaded while scripts ran, and the errors that say so. */
export class LoadFailures {
  /** In the order in which they happened, caught ones too. */
  readonly failures: Failure[] = []
  private readonly engine: Engine
  private readonly tree: NodeTree

  constructor(engine: Engine, tree: NodeTree) {
    this.engine = engine
    this.tree = tree
  }

  failureAt(
    script: string,
    tried: readonly string[],
    addon?: AddonOutcome & { ok: false },
    kind: ScriptLoad['kind'] = 'require',
  ): Failure {
    const line = this.lineOf(script)
    const load: ScriptLoad = { kind, argument: tried[0] ?? '', line }
    return { script, line, load, tried, ...(addon && { addon }) }
  }

  thrown(message: string, code: string, failure: Failure): Thrown {
    const { engine } = this
    // What may not even be tried says nothing.
    if (engine.level === 0) {
      this.failures.push(failure)
    }
    const error = engine.error('Error', message, { code })
    error.cause = failure
    return new Thrown(error, false, engine.path, engine.at)
  }

  notStarted(program: string): Thrown {
    return this.thrown(`spawn ${program}`, 'ENOENT', this.programFailure(program))
  }

  programFailure(program: string): Failure {
    return { ...this.failureAt(this.engine.path, [program]), isProgram: true }
  }

  /** What scripts may come to grief of later, though they caught it. */
  get hasGrave(): boolean {
    return this.failures.some((failure) => this.isGrave(failure, this.engine.path))
  }

  /** What was native, or promised by a package.json to the script at `at`. */
  isGrave(failure: Failure, at: string): boolean {
    return isNativeLack(this.tree, failure) || isDeclared(this.tree, failure, at)
  }

  /** One of several that were tried is enough. */
  forget(): void {
    this.failures.length = 0
  }

  lineOf(path: string, at = this.engine.at): number {
    const source = path === this.engine.path || at !== this.engine.at ? this.tree.scriptAt(path)?.source : undefined
    return source === undefined ? 0 : source.slice(0, at).split('\n').length
  }
}

/** A cut-off file, its own or one that it needs, and a Node-API that Node.js does not have end the process. */
export function kills({ file, result, why }: AddonOutcome & { ok: false }, { view }: NodeTree): boolean {
  if (why.kind === 'node-api') return true
  return (
    file !== undefined &&
    cutOffBy(result ?? { root: file, missing: [] }, (path) => view.tree.elf.get(path)) !== undefined
  )
}
