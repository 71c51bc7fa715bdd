import type { Failure } from '../module-outcome.ts'
import { isNativeLack } from '../native-lack.ts'
import type { NodeTree } from '../node-tree.ts'
import { resolveModule, type Way } from '../resolve-module.ts'
import { isOfRuntime } from '../runtime-modules.ts'
import { addonLoader } from './addon-loaders.ts'
import { BegunPrograms } from './begun-programs.ts'
import { builtinModule } from './builtin-modules.ts'
import { Engine } from './engine.ts'
import { globPackage } from './glob-package.ts'
import { addGlobals } from './globals.ts'
import { jsonFile } from './json-files.ts'
import { LoadFailures } from './load-failures.ts'
import { asLoaded, exported, type LoadedModule } from './loaded-module.ts'
import { runModule } from './module-body.ts'
import { isWebAssembly, moduleFormat } from './module-format.ts'
import { NativeLoads } from './native-loads.ts'
import { get } from './natives.ts'
import { type ParsedScript, parseScript } from './parse-script.ts'
import { processObject } from './process-modules.ts'
import { requireFunction } from './require-function.ts'
import type { Child, ScriptHost } from './script-host.ts'
import { lackBehindStandIn } from './stand-in.ts'
import { Thing, Thrown, UNKNOWN, Undecided, type Value } from './values.ts'

/** What does not lead to native code itself is followed for so long. */
const HELPER_STEPS = 100_000
// Of Node.js 18 and 20: what every runtime has.
const LEAST_NODE_API = 9

/** Loads scripts as Node.js does, on paper: nothing of them is executed. */
export class ScriptRun implements ScriptHost {
  readonly engine = new Engine()
  readonly tree: NodeTree
  readonly version?: string
  readonly nodeApi: number
  readonly workingFolder = '/var/task'
  readonly program = '/var/lang/bin/node'
  readonly natives: NativeLoads
  readonly failed: LoadFailures
  readonly probes: string[] = []
  private readonly programs: BegunPrograms
  /** Its first use is followed. */
  isUsed = false
  private readonly pretends: boolean
  private entry = ''
  private readonly modules = new Map<string, LoadedModule>()
  private readonly builtins = new Map<string, Value>()

  /** `pretence`: what is native and cannot be loaded is taken for something that nobody knows. */
  constructor(tree: NodeTree, pretence?: 'as if all native code were there') {
    this.tree = tree
    this.pretends = pretence !== undefined
    const { tools, runtime } = tree.view
    if (tools.node !== undefined) this.version = tools.node
    this.nodeApi = runtime?.nodeApi ?? LEAST_NODE_API
    this.engine.host = this
    this.failed = new LoadFailures(this.engine, tree)
    this.natives = new NativeLoads(this.engine, tree, this.failed, this.pretends)
    this.programs = new BegunPrograms(tree, this.failed)
    addGlobals(this.engine)
    this.engine.globals.set('process', this.builtin('process'))
    this.engine.globals.set('URL', get(this.engine, this.builtin('url'), 'URL'))
  }

  /** Loads a module: what it exports. */
  start(entry: string): Value {
    this.entry = entry
    if (this.tree.fileAt(entry) === undefined) throw this.absent(entry, entry)
    return this.loadFile(entry, entry, 'require')
  }

  load(name: string, from: string, way: Way): Value {
    const found = resolveModule(this.tree, from, name, way)
    if (found === 'builtin') return asLoaded(this.engine, this.builtin(name.replace(/^node:/, '')), way)
    if (found === 'unread' || (found === undefined && isOfRuntime(this.tree, name, from))) return UNKNOWN
    if (found !== undefined) return this.loadFile(found.path, from, way)
    if (this.pretends && isNativeLack(this.tree, this.failed.failureAt(from, [name]))) return UNKNOWN
    throw this.absent(name, from)
  }

  resolve(name: string, from: string, way: Way): Value {
    const found = resolveModule(this.tree, from, name, way)
    if (found === 'builtin') return name
    if (found === 'unread') return UNKNOWN
    if (found === undefined) throw this.absent(name, from)
    return way === 'import' ? `file://${found.path}` : found.path
  }

  builtin(name: string): Value {
    if (!this.builtins.has(name))
      this.builtins.set(
        name,
        name === 'process' ? processObject(this.engine, this) : builtinModule(this.engine, this, name),
      )
    return this.builtins.get(name)
  }

  requireOf(path: string): Thing {
    return requireFunction(this, path, (name) =>
      this.notFound(name, path, 'ERR_INVALID_ARG_TYPE', 'The "id" argument must be of type string'),
    )
  }

  started(path: string, script?: Value): void {
    if (this.isUsed && path === this.program && typeof script === 'string') {
      const lack = lackBehindStandIn(this.tree, this.failed.failures, script)
      if (lack !== undefined) throw this.failed.thrown(`spawn ${script}`, 'ENOENT', lack)
    }
    if (this.isUsed && this.programs.isUnfit(path)) throw this.failed.notStarted(path)
  }

  spawned(path: string, script?: Value): Child | undefined {
    this.started(path, script)
    if (this.isUsed || this.engine.level > 0 || !this.programs.isUnfit(path)) return undefined
    return this.programs.begin(path)
  }

  get unheard(): Failure | undefined {
    return this.programs.unheard
  }

  forget = (path: string): void => void this.modules.delete(path)

  lacks = (): boolean => this.failed.hasGrave

  probed = (path: string): void => void (this.probes.length < 1000 && this.probes.push(path))

  addon(path: string): void {
    const { engine, tree } = this
    const found = tree.fileAt(path)
    if (found === undefined) throw this.notFound(path, engine.path, 'ERR_DLOPEN_FAILED', `Cannot open ${path}`)
    this.natives.load(found, engine.path)
  }

  private loadFile(path: string, from: string, way: Way): Value {
    if (path.endsWith('.node')) return asLoaded(this.engine, this.natives.load(path, from), way)
    if (path.endsWith('.json')) return asLoaded(this.engine, jsonFile(this.engine, this.tree, path), way)
    const known = this.modules.get(path)
    if (known !== undefined) {
      if (known.thrown !== undefined) throw known.thrown
      return exported(this.engine, known, way)
    }
    const better = addonLoader(this, this.engine, path) ?? globPackage(this, this.engine, path)
    if (better !== undefined) return asLoaded(this.engine, better, way)
    if (isWebAssembly(this.tree, path)) return UNKNOWN
    const script = this.tree.scriptAt(path)
    const parsed = script === undefined ? undefined : parseScript(script, moduleFormat(this.tree, path))
    if (parsed === undefined) return UNKNOWN
    return exported(this.engine, this.execute(path, parsed), way)
  }

  private execute(path: string, parsed: ParsedScript): LoadedModule {
    const { engine } = this
    const { isModule } = parsed
    const thing = new Thing(engine.prototypes.object, engine.level)
    const module: LoadedModule = { path, thing, isModule }
    this.modules.set(path, module)
    const before = { limit: engine.limit, path: engine.path, at: engine.at, calls: engine.calls, guards: engine.guards }
    engine.enter()
    engine.path = path
    if (path !== this.entry && this.tree.scriptAt(path)?.loads.length === 0)
      engine.limit = Math.min(engine.limit, engine.steps + HELPER_STEPS)
    try {
      runModule(this, path, parsed, thing)
      return module
    } catch (error) {
      if (this.isOwnFault(path, error)) {
        module.isAbandoned = true
        return module
      }
      if (error instanceof Thrown) {
        if (isModule) module.thrown = error
        else this.modules.delete(path)
      }
      throw error
    } finally {
      Object.assign(engine, before)
    }
  }

  /** An error that our ignorance throws, as nothing was missing before; a helper that goes on for too long. */
  private isOwnFault(path: string, error: unknown): boolean {
    if (path === this.entry) return false
    if (error instanceof Thrown) return error.soft && !this.failed.hasGrave
    if (!(error instanceof Undecided) || this.engine.steps >= this.engine.mostSteps) return false
    return this.tree.scriptAt(path)?.loads.length === 0
  }

  private absent(name: string, from: string): Thrown {
    return this.notFound(name, from, 'MODULE_NOT_FOUND', `Cannot find module '${name}'`)
  }

  private notFound(name: string, from: string, code: string, message: string): Thrown {
    return this.failed.thrown(message, code, this.failed.failureAt(from, [name]))
  }
}
