import { loadAddon } from '../addon.ts'
import type { NodeTree } from '../node-tree.ts'
import type { Engine } from './engine.ts'
import { kills, type LoadFailures } from './load-failures.ts'
import type { AddonLoad } from './script-host.ts'
import { Died, UNKNOWN, type Value } from './values.ts'

/** Native files that scripts load, in their order. */
export class NativeLoads {
  readonly all: AddonLoad[] = []
  private readonly engine: Engine
  private readonly tree: NodeTree
  private readonly failed: LoadFailures
  private readonly pretends: boolean

  constructor(engine: Engine, tree: NodeTree, failed: LoadFailures, pretends: boolean) {
    this.engine = engine
    this.tree = tree
    this.failed = failed
    this.pretends = pretends
  }

  /** What it exports nobody knows; throws what the loader throws, and what ends the process. */
  load(path: string, from: string): Value {
    const { engine } = this
    const addon = loadAddon(this.tree, path)
    this.all.push({
      addon,
      script: from,
      line: this.failed.lineOf(from),
      isGuarded: engine.guards + engine.level > 0,
    })
    if (addon.ok || this.pretends) {
      this.failed.forget()
      return UNKNOWN
    }
    const failure = this.failed.failureAt(from, [path], addon)
    if (kills(addon, this.tree) && engine.level === 0) throw new Died(failure)
    throw this.failed.thrown(`${path} cannot be loaded`, 'ERR_DLOPEN_FAILED', failure)
  }
}
