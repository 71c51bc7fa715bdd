import type { AddonOutcome } from '../addon.ts'
import type { NodeTree } from '../node-tree.ts'
import type { Way } from '../resolve-module.ts'
import type { Thing, Value } from './values.ts'

/** What a script asks of Node.js around it. */
export type ScriptHost = {
  readonly tree: NodeTree
  /** Of Node.js: `22.11.0`. */
  readonly version?: string
  readonly nodeApi: number
  readonly workingFolder: string
  /** `process.execPath`. */
  readonly program: string
  /** Loads a module for the script at `from`: what it exports. */
  load(name: string, from: string, way: Way): Value
  /** The path that a name means, as `require.resolve` says it. */
  resolve(name: string, from: string, way: Way): Value
  /** The module at this path is as if it had never been loaded. */
  forget: (path: string) => void
  builtin(name: string): Value
  /** `process.dlopen`: throws where that fails. */
  addon(path: string): void
  requireOf(path: string): Thing
  /** A program is started by its path: throws where that fails and nothing can be used without it. `script`: what Node.js is to run. */
  started(path: string, script?: Value): void
  /** The same without waiting for it: `undefined` when nothing shows that it cannot be started. */
  spawned(path: string, script?: Value): Child | undefined
  /** Something could not be loaded so far. */
  lacks(): boolean
  /** A file was looked for and is not there. */
  probed(path: string): void
}

/** A program that cannot be started says so by an event, which ends the process when nobody listens. */
export type Child = { hasListener: boolean }

/** A native file that was loaded, or not, while scripts ran. */
export type AddonLoad = {
  readonly addon: AddonOutcome
  readonly script: string
  readonly line: number
  /** In a `try`, or under a condition that nobody knows. */
  readonly isGuarded: boolean
}
